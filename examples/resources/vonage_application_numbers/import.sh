# All numbers that are linked to the application
terraform import vonage_application_numbers.support 78d335fa-323d-0114-9c3d-d6f0d48968cf
