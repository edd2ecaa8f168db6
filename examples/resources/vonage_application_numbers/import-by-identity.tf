import {
  to = vonage_application_numbers.support
  identity = {
    application_id = "78d335fa-323d-0114-9c3d-d6f0d48968cf"
  }
}
