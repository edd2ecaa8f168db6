# By API key and secret id; for a secret of the provider's own account, the id is enough.
terraform import vonage_api_secret.tenant acme1234/ad6dc56f-07b5-46e1-a527-85530e625800
