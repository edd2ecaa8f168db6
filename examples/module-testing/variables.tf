variable "name" {
  description = "What the hotline is called in the dashboard."
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
  description = "Where Vonage reaches the webhook server, without a trailing slash."
  type        = string

  validation {
    condition     = !endswith(var.webhook_url, "/")
    error_message = "The paths are added to it: leave out the trailing slash."
  }
}

variable "deletion_policy" {
  description = "What becomes of the number on destroy. Tests say DELETE: what they rent, they give back."
  type        = string
  default     = "PREVENT"
}
