# The app, its workers and its scheduler are one image: they must have the same packages.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1

WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt

# Not root; the volume is made from this folder and belongs to the same user.
RUN useradd --create-home --uid 10001 nnlab && install -d -o nnlab -g nnlab /data
COPY --chown=root:root . .
USER nnlab

ENV NNLAB_HOME=/data \
    NNLAB_LOG=json \
    PYTHONPATH=/app \
    STREAMLIT_SERVER_PORT=8501 \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_SERVER_HEADLESS=true \
    STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE=true
VOLUME /data
EXPOSE 8501

# 503 where the database cannot be used. Workers and scheduler switch it off in compose.yaml.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8501/health', timeout=8)"]

# exec form: SIGTERM reaches the app, which lets runs write down where they are.
CMD ["streamlit", "run", "app.py"]
