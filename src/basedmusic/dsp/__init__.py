"""Signal processing: arrays in, arrays and numbers out. No file, no server, no decoder, nothing but numpy."""
