import {
  to = vonage_sip_domain.pbx
  identity = {
    name = "acme-pbx"
  }
}
