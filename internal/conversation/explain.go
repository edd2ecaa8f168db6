// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// addError reports why the conversation could not be read. It explains two API errors that are unclear by themselves.
func (d *dataSource) addError(diags *diag.Diagnostics, query vonage.ConversationQuery, err error) {
	switch {
	case vonage.IsNotFound(err):
		diags.AddAttributeError(path.Root("id"), framework.Unable("read", "conversation"), d.whyNotFound(query, err)+
			"\n\nWith allow_missing = true this is a warning, and exists is false.")
	case vonage.IsUnauthorized(err):
		diags.AddError(framework.Unable("read", "conversation"), d.whyUnauthorized(err))
	default:
		framework.AddError(diags, "read", "conversation", err, nil)
	}
}

// whyNotFound lists the three situations in which the API reports that a conversation does not exist: it hides the
// conversations of other applications, and a region knows only its own.
func (d *dataSource) whyNotFound(query vonage.ConversationQuery, err error) string {
	region := "the one at the provider's api_url: set region_url to the region_url that the answer webhook of the call received"
	if query.BaseURL != "" {
		region = query.BaseURL + ": compare region_url with the one that the answer webhook of the call received"
	}
	return framework.Sentence(err.Error()) + "\n\nPossible causes:\n" +
		"  - The call has ended, and its conversation with it. Only named conversations outlive their calls.\n" +
		"  - The conversation belongs to another application; the provider's credentials are those of " + d.application() + ".\n" +
		"  - The call is in another region than " + region + "."
}

func (d *dataSource) whyUnauthorized(err error) string {
	return framework.Sentence(err.Error()) + "\n\nVonage does not accept the token that was sent for " + d.application() + ". Possible causes:\n" +
		"  - The signature does not match, because the provider's private_key is not the application's key, or no longer. Compare the public key " +
		"on the application's page (https://dashboard.vonage.com/applications).\n" +
		"  - The provider's jwt has expired: a token is valid until its exp, for 15 minutes without one, and always for less than 24 hours.\n" +
		"  - The clock of this machine is wrong: a token contains the time at which it was made."
}

// application describes the application whose credentials are used.
func (d *dataSource) application() string {
	if id := d.data.ApplicationID(); id != "" {
		return "application " + id
	}
	return "an application that the jwt does not name"
}
