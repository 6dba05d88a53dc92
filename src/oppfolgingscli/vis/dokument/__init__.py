"""Documents as blocks, written in three forms: Markdown, HTML and Word. One content, so that the forms cannot differ."""
