variable "name" {
  description = "Name of the application, as the dashboard shows it."
  type        = string
}

variable "country" {
  description = "The country of the number."
  type        = string
  default     = "GB"
}

variable "msisdn" {
  description = "The number to rent."
  type        = string
}

variable "webhook_url" {
  description = "URL at which Vonage reaches the webhook server, without a trailing slash."
  type        = string

  validation {
    condition     = !endswith(var.webhook_url, "/")
    error_message = "Leave out the trailing slash: the module appends paths to this URL."
  }
}

variable "deletion_policy" {
  description = "What happens to the number on destroy. Tests set DELETE, to cancel what they rent."
  type        = string
  default     = "PREVENT"
}
