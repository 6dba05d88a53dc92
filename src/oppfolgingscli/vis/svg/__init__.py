"""Pictures as SVG: drawn here, because they must follow the page's colours, be read aloud, and print in black."""
