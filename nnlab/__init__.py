"""nnlab: see a neural network learn. Real Keras training behind a Streamlit app."""

__version__ = "0.1.0"
