"""Pages flattened, cut and put together: the examples that the zone model learns from."""
