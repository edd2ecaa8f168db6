# By id
terraform import vonage_application.support 78d335fa-323d-0114-9c3d-d6f0d48968cf

# By name, if only one application has it
terraform import vonage_application.support 'name=Support line'
