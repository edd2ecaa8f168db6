# By country and number
terraform import vonage_number.support GB/447700900001

# By the number alone, if the account has it in one country only
terraform import vonage_number.support 447700900001
