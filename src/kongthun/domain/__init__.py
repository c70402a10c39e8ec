"""What the house decides: plain values in, plain values out. No framework, no clock, no disk."""
