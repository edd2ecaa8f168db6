// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/vonage/terraform-provider-vonage/internal/application"
)

// Resources lists the resources offered.
func (p *vonageProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		application.NewResource,
	}
}

// DataSources lists the data sources offered.
func (p *vonageProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		application.NewDataSource,
		application.NewPluralDataSource,
	}
}
