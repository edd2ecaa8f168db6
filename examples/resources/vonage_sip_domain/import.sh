# By its name
terraform import vonage_sip_domain.pbx acme-pbx
