// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/vonage/terraform-provider-vonage/internal/account"
	"github.com/vonage/terraform-provider-vonage/internal/application"
	"github.com/vonage/terraform-provider-vonage/internal/call"
	"github.com/vonage/terraform-provider-vonage/internal/conversation"
	"github.com/vonage/terraform-provider-vonage/internal/ncco"
	"github.com/vonage/terraform-provider-vonage/internal/number"
	"github.com/vonage/terraform-provider-vonage/internal/sender"
	"github.com/vonage/terraform-provider-vonage/internal/sip"
	"github.com/vonage/terraform-provider-vonage/internal/token"
	"github.com/vonage/terraform-provider-vonage/internal/user"
	"github.com/vonage/terraform-provider-vonage/internal/verify"
)

var (
	_ provider.ProviderWithActions            = (*vonageProvider)(nil)
	_ provider.ProviderWithFunctions          = (*vonageProvider)(nil)
	_ provider.ProviderWithListResources      = (*vonageProvider)(nil)
	_ provider.ProviderWithEphemeralResources = (*vonageProvider)(nil)
)

// Resources returns the managed resources.
func (p *vonageProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		account.NewSecretResource,
		account.NewSettingsResource,
		account.NewSubaccountResource,
		application.NewResource,
		number.NewResource,
		number.NewLinkResource,
		number.NewApplicationNumbersResource,
		sip.NewDomainResource,
		sip.NewUserResource,
		verify.NewTemplateResource,
		verify.NewFragmentResource,
		sender.NewLinkResource,
		user.NewResource,
	}
}

// DataSources returns the data sources.
func (p *vonageProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		account.NewDataSource,
		account.NewPricingDataSource,
		account.NewSecretsDataSource,
		account.NewSubaccountDataSource,
		account.NewSubaccountsDataSource,
		application.NewDataSource,
		application.NewPluralDataSource,
		conversation.NewDataSource,
		number.NewDataSource,
		number.NewPluralDataSource,
		number.NewAvailableDataSource,
		sip.NewDomainDataSource,
		sip.NewDomainsDataSource,
		verify.NewTemplateDataSource,
		verify.NewTemplatesDataSource,
		sender.NewAccountsDataSource,
		user.NewDataSource,
		user.NewPluralDataSource,
	}
}

// ListResources returns the list resources.
func (p *vonageProvider) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{
		account.NewSecretListResource,
		account.NewSettingsListResource,
		account.NewSubaccountListResource,
		application.NewListResource,
		number.NewListResource,
		number.NewLinkListResource,
		number.NewApplicationNumbersListResource,
		sip.NewDomainListResource,
		sip.NewUserListResource,
		verify.NewTemplateListResource,
		verify.NewFragmentListResource,
		sender.NewLinkListResource,
		user.NewListResource,
	}
}

// EphemeralResources returns the ephemeral resources.
func (p *vonageProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{
		token.NewJWT,
		token.NewPrivateKey,
	}
}

// Functions returns the functions.
func (p *vonageProvider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{
		ncco.NewFunction,
		number.NewNormalizeMSISDN,
		token.NewVerifyWebhook,
	}
}

// Actions returns the actions.
func (p *vonageProvider) Actions(context.Context) []func() action.Action {
	return []func() action.Action{
		account.NewBalanceTransfer,
		account.NewCreditTransfer,
		account.NewNumberTransfer,
		func() action.Action { return call.NewVoiceCall(ncco.NormalizeJSON) },
	}
}
