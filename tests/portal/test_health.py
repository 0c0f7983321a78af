def test_healthz_says_that_a_missing_worker_is_broken(client, db):
    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json() == {"status": "broken", "database": "ok", "cache": "ok", "worker": "broken"}
