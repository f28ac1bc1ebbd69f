"""Writers, one module for each format: values in, text or bytes out. None knows another."""
