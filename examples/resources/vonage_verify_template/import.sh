# By id, or by name.
terraform import vonage_verify_template.login 8f35a1a7-eb2f-4552-8fdf-fffdaee41bc9
terraform import vonage_verify_template.login name=signup
