variable "webhook_url" {
  description = "URL at which Vonage reaches your webhook server, without a trailing slash: https://abc.example.com"
  type        = string
}

variable "number" {
  description = "A number that your account rents. Calls to it start the tutorial."
  type        = string
}

variable "conversation_id" {
  description = "The conversation_uuid that the answer webhook received. Null while nobody is calling."
  type        = string
  default     = null
}

variable "region_url" {
  description = "The region_url that the answer webhook received, if any: the host that owns the call."
  type        = string
  default     = null
}
