// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

// ConversationsService is the Conversation API.
type ConversationsService struct {
	wire   *wire
	origin string
}
