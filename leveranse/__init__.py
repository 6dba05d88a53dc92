"""What is handed out: the bill of materials, that a build can be made again, and known holes in what it needs."""
