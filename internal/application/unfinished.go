// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"errors"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	fwresource "github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// An unfinished application is one whose creation was cut off, so that it is unknown whether it exists. Its state has a
// key and no id.

// addUnknownOutcome reports a create that was cut off and stores its key, with which the next refresh can find the
// application. Terraform marks the object as tainted.
func addUnknownOutcome(ctx context.Context, err error, sent vonage.Application, plan model, resp *fwresource.CreateResponse) {
	summary, state := framework.Unable("create", "application"), newModel(sent, plan)
	detail := "Vonage may or may not have created it: " + err.Error() + ".\n\n"
	if state.PublicKey.IsNull() {
		resp.Diagnostics.AddError(summary, detail+"The provider cannot look it up later, because public_key_wo is not stored. "+
			"Before applying again, look for it in the dashboard (https://dashboard.vonage.com/applications), and delete or import it.")
		return
	}
	resp.Diagnostics.AddError(summary, detail+"Its public key is in the state. The next plan looks for an application with that key: "+
		"if there is one, it is replaced, otherwise a new one is created.")
	state.ID = types.StringNull()
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// unfinishedID returns the id of the unfinished application to delete, or "" if none was found.
func (r *resource) unfinishedID(ctx context.Context, state model, diags *diag.Diagnostics) string {
	app, err := r.find(ctx, state)
	var ambiguous *ambiguousError
	switch {
	case errors.As(err, &ambiguous):
		warnAmbiguous(ambiguous, diags)
	case err != nil && !vonage.IsNotFound(err):
		framework.AddError(diags, "delete", "application", err, nil)
	}
	return app.ID
}

// warnAmbiguous reports several applications with the same name and user-supplied key: which one was being created is
// unknown, and the others must not be changed.
func warnAmbiguous(ambiguous *ambiguousError, diags *diag.Diagnostics) {
	diags.AddWarning("An application may be left over", "The creation of an application was cut off, and several applications have its name and its "+
		"public_key: "+strings.Join(ambiguous.ids, ", ")+". Terraform leaves them alone and removes the one it was creating from the state. If one of them is "+
		"left over, delete it in the dashboard (https://dashboard.vonage.com/applications) or import it.")
}

// warnIfFound asks the user to verify that the application found is the unfinished one. This is certain, and needs no
// warning, if the provider generated the key, because no other application has it.
func warnIfFound(before, found model, diags *diag.Diagnostics) {
	if !before.ID.IsNull() || !before.PrivateKey.IsNull() {
		return
	}
	diags.AddWarning("An application was found by its name and key", "The creation of an application was cut off. Application "+
		found.ID.ValueString()+" has its name and its public_key, so the provider takes it for that application and the next apply replaces it. "+
		"If it is a different one, run terraform state rm first.")
}
