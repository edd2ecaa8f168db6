// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package user

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var _ list.ListResourceWithConfigure = (*listResource)(nil)

// NewListResource returns the list resource vonage_user.
func NewListResource() list.ListResource { return &listResource{} }

type listResource struct{ users *vonage.UsersService }

func (l *listResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_user"
}

func (l *listResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{MarkdownDescription: "Lists all users of the provider's application, in one request per 100. With `include_resource`, one more request reads each user, because the " +
		"list has neither their channels nor their custom data."}
}

func (l *listResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		l.users = data.Client.Users
	}
}

func (l *listResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	all := l.users.List(ctx)
	if req.IncludeResource {
		all = l.users.ListWhole(ctx)
	}
	stream.Results = framework.Listing[vonage.User]{
		Noun:    "users",
		All:     all,
		Selects: func(vonage.User) bool { return true },
		Name:    func(user vonage.User) string { return user.Name },
		Model:   func(user vonage.User) framework.Identifiable { return importedModel(user) },
	}.Results(ctx, req)
}
