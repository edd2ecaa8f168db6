# By channel and sender
terraform import vonage_messages_account_link.shop whatsapp/447700900001
