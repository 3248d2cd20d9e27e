"""A class before the app: real sessions over Streamlit's own websocket, without browsers."""
