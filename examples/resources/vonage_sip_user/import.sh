# By domain and key. Its secret stays as it is until you raise the version.
terraform import vonage_sip_user.desk front-desk/desk-1
