// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package sip has Programmable SIP: SIP domains and the users that sign in to them.
package sip

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// domainName is the form of names: a label of a host name (Programmable SIP API 1.2.0: 5 to 32 characters).
var domainName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{3,30}[a-z0-9]$`)

func checkDomainName(text string) error {
	if !domainName.MatchString(text) {
		return fmt.Errorf("%s is not 5 to 32 lower-case letters, digits and inner hyphens", vonage.Quote(text))
	}
	return nil
}

func domainNameValidator() validator.String {
	return schematype.Check("SIP domain", "5 to 32 lower-case letters, digits and inner hyphens", checkDomainName)
}

func encryption(name, what string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "Whether " + what + " has to be encrypted: `always`, `never` or `optional`. Default: `optional`. API: `" + name + "`.",
		Optional:            true, Computed: true,
		Default:    stringdefault.StaticString(vonage.SIPOptional),
		Validators: []validator.String{schematype.OneOf("always", "never", vonage.SIPOptional)},
	}
}

// maxACL is how many entries an access list can have (Programmable SIP API 1.2.0).
const maxACL = 16

func domainSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A domain of Programmable SIP: a name under which Vonage takes SIP from telephone systems and softphones. Calls go to the " +
			"application's voice webhooks.\n\n" +
			"Who may send SIP to the domain is decided by the access list (`acl`) and, with `digest_auth`, by the secrets of its users " +
			"(`vonage_sip_user`).",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "The same as `name`. Not part of the API.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"name": schema.StringAttribute{
				MarkdownDescription: "The first part of the domain's host names: 5 to 32 lower-case letters, digits and inner hyphens. It is unique among all accounts " +
					"of Vonage. Changing it replaces the domain. API: `name`.",
				Required:      true,
				Validators:    []validator.String{domainNameValidator()},
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"domain_type": schema.StringAttribute{
				MarkdownDescription: "`app` for an application that takes the calls, or `trunk` for a SIP trunk. Changing it replaces the domain, which works only if its " +
					"users are replaced, too: add `lifecycle { replace_triggered_by = [vonage_sip_domain.NAME.domain_type] }` to them. Default: `app`. API: `domain_type`.",
				Optional: true, Computed: true,
				Default:       stringdefault.StaticString(vonage.SIPDomainApp),
				Validators:    []validator.String{schematype.OneOf(vonage.SIPDomainApp, vonage.SIPDomainTrunk)},
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"application_id": schema.StringAttribute{
				MarkdownDescription: "The application whose voice webhooks take the calls, a UUID. Required if `domain_type` is `app`; none by default if it is `trunk`. " +
					"API: `application_id`.",
				CustomType:    schematype.ApplicationIDType{},
				Optional:      true,
				Validators:    []validator.String{schematype.Reference(schematype.Valid[schematype.ApplicationIDMeaning]())},
				PlanModifiers: []planmodifier.String{schematype.KeepEquivalent()},
			},
			"acl": schema.SetAttribute{
				MarkdownDescription: "The IPv4 addresses and blocks of addresses (CIDR) that may send SIP to the domain, 1 to 16 of them. `203.0.113.7` and " +
					"`203.0.113.7/32` are the same. Without `digest_auth` this list is the only protection. API: `acl`.",
				ElementType: types.StringType,
				Required:    true,
				Validators: []validator.Set{
					setvalidator.SizeBetween(1, maxACL), setvalidator.NoNullValues(),
					setvalidator.ValueStringsAre(schematype.Check("access list", "IPv4 addresses or CIDR blocks", func(text string) error {
						_, err := vonage.NormalizeCIDR(text)
						return err
					})),
				},
				PlanModifiers: []planmodifier.Set{keepSameACL{}},
			},
			"tls":  encryption("tls", "signalling (SIP over TLS)"),
			"srtp": encryption("srtp", "sound (SRTP)"),
			"digest_auth": schema.BoolAttribute{
				MarkdownDescription: "Whether those who send SIP also have to sign in as one of the domain's users. Default: `false`. API: `digest_auth`.",
				Optional:            true, Computed: true,
				Default: booldefault.StaticBool(false),
			},
			"force_destroy": schema.BoolAttribute{
				MarkdownDescription: "Whether destroying the domain destroys its users, too. Default: `false`, which makes a domain that still has users an error. " +
					"Not part of the API.",
				Optional: true, Computed: true,
				Default: booldefault.StaticBool(false),
			},
			"hosts": schema.SingleNestedAttribute{
				MarkdownDescription: "The host names to send SIP to, by region: `sip:ANYTHING@HOST` reaches the domain. Not part of the API.",
				Computed:            true,
				PlanModifiers:       []planmodifier.Object{objectplanmodifier.UseStateForUnknown()},
				Attributes: map[string]schema.Attribute{
					"us": schema.StringAttribute{MarkdownDescription: "United States. Not part of the API.", Computed: true},
					"eu": schema.StringAttribute{MarkdownDescription: "Europe. Not part of the API.", Computed: true},
					"ap": schema.StringAttribute{MarkdownDescription: "Asia and Pacific. Not part of the API.", Computed: true},
				},
			},
			"timeouts": framework.TimeoutsAttribute(ctx, defaultTimeout),
		},
	}
}

// domainSettings is what a domain has in the resource and in the data sources.
type domainSettings struct {
	ID            types.String             `tfsdk:"id"`
	Name          types.String             `tfsdk:"name"`
	DomainType    types.String             `tfsdk:"domain_type"`
	ApplicationID schematype.ApplicationID `tfsdk:"application_id"`
	ACL           types.Set                `tfsdk:"acl"`
	TLS           types.String             `tfsdk:"tls"`
	SRTP          types.String             `tfsdk:"srtp"`
	DigestAuth    types.Bool               `tfsdk:"digest_auth"`
	Hosts         types.Object             `tfsdk:"hosts"`
}

// domainModel is the plan or state of a vonage_sip_domain.
type domainModel struct {
	domainSettings

	ForceDestroy types.Bool     `tfsdk:"force_destroy"`
	Timeouts     timeouts.Value `tfsdk:"timeouts"`
}

// toRequest returns the domain of a plan, which has no unknown values any more.
func (m domainModel) toRequest() vonage.SIPDomain {
	domain := vonage.SIPDomain{
		Name: m.Name.ValueString(), DomainType: m.DomainType.ValueString(), ApplicationID: m.ApplicationID.ValueCanonical(), ACL: []string{},
		TLS: m.TLS.ValueString(), SRTP: m.SRTP.ValueString(), DigestAuth: m.DigestAuth.ValueBool(),
	}
	sent := map[string]bool{}
	for _, entry := range entriesOf(m.ACL) {
		if normal, err := vonage.NormalizeCIDR(entry); err == nil {
			entry = normal
		}
		if !sent[entry] {
			domain.ACL = append(domain.ACL, entry)
		}
		sent[entry] = true
	}
	return domain
}

// newDomainSettings returns the settings of a domain. An access list that means the same keeps the spelling of prior.
func newDomainSettings(domain vonage.SIPDomain, prior domainSettings) domainSettings {
	application := schematype.ApplicationID{}
	if domain.ApplicationID != "" {
		application = schematype.NewApplicationID(domain.ApplicationID)
	}
	acl := prior.ACL
	if acl.IsNull() || !vonage.SameACL(domain.ACL, entriesOf(acl)) {
		acl = newACL(domain.ACL)
	}
	return domainSettings{
		ID: types.StringValue(domain.Name), Name: types.StringValue(domain.Name), DomainType: types.StringValue(domain.DomainType),
		ApplicationID: application, ACL: acl, TLS: types.StringValue(domain.TLS), SRTP: types.StringValue(domain.SRTP),
		DigestAuth: types.BoolValue(domain.DigestAuth), Hosts: newHosts(domain),
	}
}

// newDomainModel returns the state of a domain. Attributes that Vonage does not have come from prior.
func newDomainModel(domain vonage.SIPDomain, prior domainModel) domainModel {
	return domainModel{newDomainSettings(domain, prior.domainSettings), prior.ForceDestroy, prior.Timeouts}
}

// importedDomain returns the defaults of an imported domain before it is read, so that the next plan does not add them.
func importedDomain() domainModel {
	return domainModel{ForceDestroy: types.BoolValue(false), Timeouts: framework.NoTimeouts()}
}

func newHosts(domain vonage.SIPDomain) types.Object {
	hosts, kinds := map[string]attr.Value{}, map[string]attr.Type{}
	for _, region := range vonage.SIPRegions() {
		hosts[region], kinds[region] = types.StringValue(domain.Host(region)), types.StringType
	}
	return types.ObjectValueMust(kinds, hosts)
}

// Identity implements framework.Identifiable.
func (m domainModel) Identity() any { return domainIdentity{m.Name} }

type domainIdentity struct {
	Name types.String `tfsdk:"name"`
}

var (
	_ resource.ResourceWithConfigure      = (*domainResource)(nil)
	_ resource.ResourceWithIdentity       = (*domainResource)(nil)
	_ resource.ResourceWithImportState    = (*domainResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*domainResource)(nil)
	_ resource.ResourceWithValidateConfig = (*domainResource)(nil)
)

// NewDomainResource returns the resource vonage_sip_domain.
func NewDomainResource() resource.Resource { return &domainResource{} }

type domainResource struct {
	data *framework.ProviderData
	sip  *vonage.SIPService
}

func (r *domainResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_domain"
}

func (r *domainResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = domainSchema(ctx)
}

func (r *domainResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"name": identityschema.StringAttribute{Description: "The name of the domain.", RequiredForImport: true},
	}}
}

// ValidateConfig requires the application of a domain that needs one, and warns of a domain that is open to everyone.
func (r *domainResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config domainModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if config.ApplicationID.IsNull() && !config.DomainType.IsUnknown() && config.DomainType.ValueString() != vonage.SIPDomainTrunk {
		resp.Diagnostics.AddAttributeError(path.Root("application_id"), "Missing application",
			"Calls into a SIP domain go to an application: set application_id, or domain_type = \"trunk\" for a trunk without one.")
	}
	if !config.DigestAuth.IsUnknown() && !config.DigestAuth.ValueBool() && admitsEveryone(config.ACL) {
		resp.Diagnostics.AddAttributeWarning(path.Root("acl"), "The SIP domain is open to everyone", "The access list has 0.0.0.0/0, which is every address, and "+
			"digest_auth is off: anybody can place calls through this domain, at your expense. List the addresses of your own systems, or set digest_auth = true "+
			"and give the domain users.")
	}
}

func (r *domainResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		r.data, r.sip = data, data.Client.SIP
	}
}

// ModifyPlan plans the computed attributes of a new domain, and rejects one whose name the account has already.
func (r *domainResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	var plan, state domainModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	resp.Diagnostics.Append(plan.ApplicationID.CheckNew(ctx, path.Root("application_id"), state.ApplicationID)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if !req.State.Raw.IsNull() {
		plannedMarker.Set(ctx, resp.Private, true, &resp.Diagnostics)
		return
	}
	if plan.Name.IsUnknown() {
		return
	}
	domain := vonage.SIPDomain{Name: plan.Name.ValueString()}
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("id"), domain.Name)...)
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("hosts"), newHosts(domain))...)
	if plannedMarker.Get(ctx, req.Private, &resp.Diagnostics) {
		return
	}
	_, err := r.sip.Domain(ctx, domain.Name)
	switch {
	case err == nil:
		addExists(&resp.Diagnostics, domainNoun(domain.Name), domain.Name, inDestroy)
	case vonage.IsNotFound(err), vonage.IsMalformed(err), framework.CredentialsUnknown(err):
	default:
		framework.AddError(&resp.Diagnostics, "plan", domainNoun(domain.Name), err, nil)
	}
}

func domainNoun(name string) string { return "SIP domain " + vonage.Quote(name) }

func (r *domainResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	name := req.ID
	if name == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		var given domainIdentity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &given)...)
		name = given.Name.ValueString()
	}
	name = strings.TrimPrefix(name, "name=")
	if name == "" || strings.ContainsAny(name, "/ ") {
		resp.Diagnostics.AddError("Invalid import id", vonage.Quote(name)+" is not the name of a SIP domain.")
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("name"), name)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("force_destroy"), importedDomain().ForceDestroy)...)
}

func (r *domainResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan domainModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Create, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	domain := plan.toRequest()
	settled, err := r.sip.CreateDomain(ctx, domain)
	if err != nil {
		addCreateError(&resp.Diagnostics, domainNoun(domain.Name), domain.Name, err)
		if !vonage.IsUnknownOutcome(err) {
			return
		}
		// A domain that may have been created goes into the state; the next refresh removes it if it was not.
	}
	if err == nil && !settled {
		r.data.KeepCreated(ctx, resp.Private, &resp.Diagnostics)
	}
	r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newDomainModel(domain, plan))...)
}

func (r *domainResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state domainModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Read, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	created := r.data.Settling(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	name, importing := state.Name.ValueString(), state.DomainType.IsNull()
	read := r.sip.Domain
	if created.Recent() {
		read = r.sip.AwaitDomain
	}
	domain, err := read(ctx, name)
	switch {
	case err == nil:
		framework.ForgetCreated(ctx, resp.Private, &resp.Diagnostics)
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
		state = newDomainModel(domain, state)
	case vonage.IsNotFound(err) && created.Recent():
		if r.data.SameAccount(ctx, resp.Private, "read", domainNoun(name), &resp.Diagnostics) {
			created.WarnOfDelay(&resp.Diagnostics, domainNoun(name))
		}
	case vonage.IsNotFound(err) && !importing:
		r.data.RemoveState(ctx, domainNoun(name), resp)
		return
	default:
		framework.AddError(&resp.Diagnostics, "read", domainNoun(name), err, nil)
		return
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, state)...)
}

// Update writes the changed settings. The new state is the plan: other changes to the domain are left to the next refresh.
func (r *domainResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state domainModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Update, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	domain := plan.toRequest()
	if !domain.Same(state.toRequest()) {
		if !r.data.SameAccount(ctx, req.Private, "update", domainNoun(domain.Name), &resp.Diagnostics) {
			return
		}
		if err := r.sip.UpdateDomain(ctx, domain); err != nil {
			framework.AddError(&resp.Diagnostics, "update", domainNoun(domain.Name), explainGone(err), attributePath)
			return
		}
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newDomainModel(domain, plan))...)
}

func (r *domainResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state domainModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Delete, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	created := r.data.Settling(ctx, req.Private, &resp.Diagnostics)
	noun := domainNoun(state.Name.ValueString())
	if resp.Diagnostics.HasError() || !r.data.SameAccount(ctx, req.Private, "delete", noun, &resp.Diagnostics) {
		return
	}
	if created.Recent() { // a domain that is not shown yet cannot be deleted, either
		_, _ = r.sip.AwaitDomain(ctx, state.Name.ValueString())
	}
	err := r.sip.DeleteDomain(ctx, state.Name.ValueString(), state.ForceDestroy.ValueBool())
	if err != nil {
		framework.AddError(&resp.Diagnostics, "delete", noun, explainUsers(err), nil)
	}
}

// attributePath returns the attribute that a parameter of the API is built from.
func attributePath(apiName string) (path.Path, bool) {
	name, _, _ := strings.Cut(apiName, "[")
	switch name {
	case "name", "domain_type", "application_id", "acl", "tls", "srtp", "digest_auth", "key":
		return path.Root(name), true
	case "secret":
		return path.Root("secret_wo"), true
	}
	return path.Path{}, false
}

// explainGone adds advice to a not-found error for an object that is in the state. An update could make it again, without
// anybody noticing that it was gone.
func explainGone(err error) error {
	if !vonage.IsNotFound(err) {
		return err
	}
	return framework.Advise(err, "It existed during the plan, so it was probably deleted outside Terraform since then, and nothing was sent. The next plan "+
		"detects that and proposes to create it again. If it still exists, the provider's api_key belongs to another account.")
}

// addCreateError reports that an object was not created.
func addCreateError(diags *diag.Diagnostics, noun, id string, err error) {
	if isTaken(err) {
		addExists(diags, noun, id, "")
		return
	}
	framework.AddError(diags, "create", noun, explainRefusal(err), attributePath)
}

// defaultTimeout is the default timeout of an operation, including the wait for rate limits.
const defaultTimeout = 5 * time.Minute
