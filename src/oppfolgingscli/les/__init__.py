"""The only place that reads files: text in, models and faults out."""
