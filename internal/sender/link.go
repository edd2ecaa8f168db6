// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package sender has the senders of messages (WhatsApp, Viber, Messenger, RCS), and which application gets their messages.
package sender

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

const channelDescription = "`messenger`, `rcs`, `viber_service_msg` or `whatsapp`"

func linkSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Links a sender of messages to an application: messages to the sender go to the application's `messages` webhooks. The API behind it is a " +
			"developer preview of Vonage's (External Accounts). Senders are set up at Vonage, not with Terraform.\n\n" +
			"The resource is the link of this sender *to this application*. If somebody unlinks the sender outside Terraform, or links it to another application, this link " +
			"no longer exists: a plan shows that it is to be created again, and a warning names the other application. Creating a link fails, if possible already " +
			"during the plan, if the sender is linked to another application, unless `replace_existing_link` is set. Destroying a link that no longer exists does nothing.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "Channel and sender: `whatsapp/447700900001`. Not part of the API.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"channel": schema.StringAttribute{
				MarkdownDescription: "The channel of the sender: " + channelDescription + ". Changing it replaces the link. API: `provider`.",
				Required:            true,
				Validators:          []validator.String{schematype.OneOf(vonage.SenderChannels()...)},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"external_id": schema.StringAttribute{
				MarkdownDescription: "The id of the sender on its channel: for WhatsApp its phone number in digits, for Messenger the page's id, for Viber the service's. " +
					"Changing it replaces the link. API: `external_id`.",
				Required: true,
				Validators: []validator.String{schematype.Check("sender", "the id of a sender", func(text string) error {
					return vonage.CheckSenderID("", text)
				})},
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"application_id": schema.StringAttribute{
				MarkdownDescription: "The application that gets the sender's messages, a UUID. It needs the `messages` capability. Changed in place: Vonage can only end one link " +
					"and then make the other, and in between nobody gets the messages. API: `applications`.",
				CustomType:    schematype.ApplicationIDType{},
				Validators:    []validator.String{schematype.Reference(schematype.Valid[schematype.ApplicationIDMeaning]())},
				Required:      true,
				PlanModifiers: []planmodifier.String{schematype.KeepEquivalent()},
			},
			"replace_existing_link": schema.BoolAttribute{
				MarkdownDescription: "Whether to take over a sender that is linked to another application. Default: `false`, which makes that an error naming the application. " +
					"Not part of the API.",
				Optional: true, Computed: true,
				Default: booldefault.StaticBool(false),
			},
			"timeouts": framework.TimeoutsAttribute(ctx, defaultTimeout),
		},
	}
}

// defaultTimeout is the default timeout of an operation on one sender, including the wait for rate limits.
const defaultTimeout = 5 * time.Minute

// linkModel is the plan or state of a vonage_messages_account_link.
type linkModel struct {
	ID                  types.String             `tfsdk:"id"`
	Channel             types.String             `tfsdk:"channel"`
	ExternalID          types.String             `tfsdk:"external_id"`
	ApplicationID       schematype.ApplicationID `tfsdk:"application_id"`
	ReplaceExistingLink types.Bool               `tfsdk:"replace_existing_link"`
	Timeouts            timeouts.Value           `tfsdk:"timeouts"`
}

// newLinkModel returns the state of a sender's link. Attributes that Vonage does not have come from prior.
func newLinkModel(sender vonage.Sender, prior linkModel) linkModel {
	return linkModel{
		ID: types.StringValue(sender.String()), Channel: types.StringValue(sender.Channel), ExternalID: types.StringValue(sender.ExternalID),
		ApplicationID:       schematype.NewApplicationID(sender.ApplicationID),
		ReplaceExistingLink: prior.ReplaceExistingLink, Timeouts: prior.Timeouts,
	}
}

// importedLink returns the defaults of an imported link before it is read, so that the next plan does not add them.
func importedLink() linkModel {
	return linkModel{ReplaceExistingLink: types.BoolValue(false), Timeouts: framework.NoTimeouts()}
}

func (m linkModel) key() vonage.SenderKey {
	return vonage.SenderKey{Channel: m.Channel.ValueString(), ExternalID: m.ExternalID.ValueString()}
}

// links reports whether the sender is linked to this link's application.
func (m linkModel) links(sender vonage.Sender) bool {
	return sender.ApplicationID != "" && strings.EqualFold(sender.ApplicationID, m.ApplicationID.ValueString())
}

// Identity implements framework.Identifiable.
func (m linkModel) Identity() any { return linkIdentity{m.Channel, m.ExternalID} }

type linkIdentity struct {
	Channel    types.String `tfsdk:"channel"`
	ExternalID types.String `tfsdk:"external_id"`
}

var (
	_ resource.ResourceWithConfigure      = (*linkResource)(nil)
	_ resource.ResourceWithIdentity       = (*linkResource)(nil)
	_ resource.ResourceWithImportState    = (*linkResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*linkResource)(nil)
	_ resource.ResourceWithValidateConfig = (*linkResource)(nil)
)

// NewLinkResource returns the resource vonage_messages_account_link.
func NewLinkResource() resource.Resource { return &linkResource{} }

type linkResource struct {
	data    *framework.ProviderData
	senders *vonage.SendersService
}

func (r *linkResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_messages_account_link"
}

func (r *linkResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = linkSchema(ctx)
}

func (r *linkResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"channel":     identityschema.StringAttribute{Description: "The channel of the sender, such as whatsapp.", RequiredForImport: true},
		"external_id": identityschema.StringAttribute{Description: "The id of the sender on its channel.", RequiredForImport: true},
	}}
}

// ValidateConfig checks what depends on the channel.
func (r *linkResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config linkModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() || config.Channel.IsUnknown() || config.ExternalID.IsUnknown() || vonage.CheckSenderID("", config.ExternalID.ValueString()) != nil {
		return
	}
	if err := vonage.CheckSenderID(config.Channel.ValueString(), config.ExternalID.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("external_id"), "Invalid sender", framework.Sentence(err.Error()))
	}
}

func (r *linkResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		r.data, r.senders = data, data.Client.Senders
	}
}

func (r *linkResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	asked := req.ID
	if req.ID == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		var given linkIdentity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &given)...)
		asked = given.Channel.ValueString() + "/" + given.ExternalID.ValueString()
	}
	channel, id, both := strings.Cut(asked, "/")
	if !both || id == "" || !vonage.IsSenderChannel(channel) {
		resp.Diagnostics.AddError("Invalid import id", fmt.Sprintf("%s is not the channel and the id of a sender, as in \"whatsapp/447700900001\". The channels are %s.",
			vonage.Quote(asked), strings.Join(vonage.SenderChannels(), ", ")))
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("channel"), channel)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("external_id"), id)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("replace_existing_link"), importedLink().ReplaceExistingLink)...)
}

func (r *linkResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan linkModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Create, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	sender, settled, err := r.link(ctx, plan, linkModel{}, ensureOwner(ctx, resp.Private, &resp.Diagnostics))
	if err != nil {
		addError(&resp.Diagnostics, "link", plan.key(), err)
		if !vonage.IsUnknownOutcome(err) {
			return
		}
		// A link that may have been created goes into the state; the next refresh removes it if it was not.
	}
	r.noteUnsettled(ctx, resp.Private, err == nil && !settled, &resp.Diagnostics)
	r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newLinkModel(sender, plan))...)
}

// Read removes the link from the state if the sender is linked to another application or to none, or is gone. An import, whose
// state has no application yet, takes the sender's application.
func (r *linkResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state linkModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Read, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	made := linked{linkedMarker.Get(ctx, req.Private, &resp.Diagnostics), r.data.Now()}
	if resp.Diagnostics.HasError() {
		return
	}
	importing := state.ApplicationID.IsNull()
	if !importing {
		r.noteState(state)
	}
	sender, err := r.read(ctx, state, made)
	switch {
	case err == nil:
		r.refresh(ctx, state, sender, made, resp)
	case vonage.IsNotFound(err) && !importing:
		r.data.RemoveState(ctx, noun(state.key()), resp)
	default:
		addError(&resp.Diagnostics, "read the link of", state.key(), err)
	}
}

// read reads the sender. If the link was made so recently that it may not be shown yet, read waits some seconds for it.
func (r *linkResource) read(ctx context.Context, state linkModel, made linked) (vonage.Sender, error) {
	if made.recently() {
		return r.senders.AwaitLink(ctx, state.key(), state.ApplicationID.ValueCanonical())
	}
	return r.senders.Get(ctx, state.key())
}

// refresh is Read for a sender that the account has.
func (r *linkResource) refresh(ctx context.Context, state linkModel, sender vonage.Sender, made linked, resp *resource.ReadResponse) {
	importing := state.ApplicationID.IsNull()
	doubted := doubtMarker.Get(ctx, resp.Private, &resp.Diagnostics)
	changed := doubted != "" && doubted == sender.ApplicationID
	name := noun(state.key())
	switch {
	case state.links(sender) || importing && sender.ApplicationID != "" || changed:
		doubtMarker.Forget(ctx, resp.Private, &resp.Diagnostics)
		linkedMarker.Forget(ctx, resp.Private, &resp.Diagnostics)
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
		resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newLinkModel(sender, state))...)
	case importing:
		resp.Diagnostics.AddError(framework.Unable("import", name),
			"The sender is not linked to an application, so there is no link to import. Remove the import, and an apply creates the link.")
	case made.recently():
		if r.data.SameAccount(ctx, resp.Private, "read", name, &resp.Diagnostics) {
			made.warnOfDelay(&resp.Diagnostics, state)
		}
		resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, state)...)
	case r.data.RemoveState(ctx, name, resp):
		warnOfTakeOver(&resp.Diagnostics, state, sender)
	}
}

func (r *linkResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state linkModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Update, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	if !plan.ApplicationID.SameAs(state.ApplicationID) {
		owner := ensureOwner(ctx, resp.Private, &resp.Diagnostics)
		if resp.Diagnostics.HasError() || !r.data.SameAccount(ctx, req.Private, "link", noun(plan.key()), &resp.Diagnostics) {
			return
		}
		sender, settled, err := r.link(ctx, plan, state, owner)
		if err != nil {
			if vonage.IsUnknownOutcome(err) {
				doubtMarker.Set(ctx, resp.Private, plan.ApplicationID.ValueCanonical(), &resp.Diagnostics)
			}
			addError(&resp.Diagnostics, "link", plan.key(), err)
			return
		}
		doubtMarker.Forget(ctx, resp.Private, &resp.Diagnostics)
		r.noteUnsettled(ctx, resp.Private, !settled, &resp.Diagnostics)
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
		plan = newLinkModel(sender, plan)
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, plan)...)
}

func (r *linkResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state linkModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Delete, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	owner := ownerMarker.Get(ctx, req.Private, &resp.Diagnostics)
	made := linked{linkedMarker.Get(ctx, req.Private, &resp.Diagnostics), r.data.Now()}
	if resp.Diagnostics.HasError() || !r.data.SameAccount(ctx, req.Private, "unlink", noun(state.key()), &resp.Diagnostics) {
		return
	}
	r.noteState(state)
	if made.recently() { // a link that is not shown yet would look gone
		_, _ = r.read(ctx, state, made)
	}
	switch err := r.unlink(ctx, state, owner); {
	case isClaimed(err):
		warnOfNewOwner(&resp.Diagnostics, state.key())
	case err != nil && !vonage.IsNotFound(err):
		addError(&resp.Diagnostics, "unlink", state.key(), err)
	}
}
