"""The audit of many classes: figures that add up, hidden where they are about too few. Pure."""
