# By its API key
terraform import vonage_subaccount.staging ad6dc56f

# By its name, if no other subaccount has the same
terraform import vonage_subaccount.staging name=Staging
