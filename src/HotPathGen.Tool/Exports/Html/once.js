show(JSON.parse(byId('data').textContent));
