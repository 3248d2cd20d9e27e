"""Everything that knows Streamlit, apart from the page scripts themselves."""
