"""The pseudonymised export for researchers: tables, codebook and data package from one definition of the variables."""
