# By id, or by name.
terraform import vonage_user.support USR-87e3e6b0-cd7b-45ef-a0a7-bcd5566a672b
terraform import vonage_user.support name=support-line
