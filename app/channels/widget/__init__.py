"""What a host page loads: the loader, the panel's page and the panel's files."""
