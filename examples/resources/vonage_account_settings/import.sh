# By the API key of the account that the provider signs in to.
terraform import vonage_account_settings.this abcd1234
