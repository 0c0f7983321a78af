FROM python:3.13.9-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    STATE_DIR=/var/lib/skolebro \
    STATIC_DIR=/srv/skolebro/static

WORKDIR /app
COPY requirements-production.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements-production.lock \
    && useradd --system --uid 10001 --home-dir /app skolebro \
    && install -d -o skolebro "$STATE_DIR" "$STATIC_DIR"

COPY . .
# Placeholders: collecting files and compiling texts needs settings, and keeps none of them.
RUN export SECRET_KEY=none FIELD_KEY=none SITE_URL=http://none DATABASE_URL=postgres://none/none REDIS_URL=redis://none EMAIL_URL=smtp://none \
    && python manage.py translations \
    && python manage.py collectstatic --no-input

USER skolebro
VOLUME /var/lib/skolebro
EXPOSE 8000
CMD ["gunicorn", "portal.wsgi", "--preload", "--bind", "0.0.0.0:8000", "--workers", "4", "--timeout", "60", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
