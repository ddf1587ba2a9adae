"""The zone model: trained with PyTorch, shipped as integers."""
