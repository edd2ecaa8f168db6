// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/framework"
	vonageprovider "github.com/vonage/terraform-provider-vonage/internal/provider"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

type values = acctest.Values

const (
	anApplication = "78d335fa-323d-0114-9c3d-d6f0d48968cf"
	anotherOne    = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab"
	aConversation = "CON-d66d47de-5bcb-4300-94f0-0c9d4b948e9a"
)

// world is everything that a provider takes its configuration from, and the network it uses.
type world struct {
	config values
	env    map[string]string
	// rc and cliConfig are the contents of .vonagerc and ~/.vonage/config.json; "" means that the file does not exist.
	rc, cliConfig string
	// files are other files in the working directory.
	files map[string]string
	// answer is the network; nil returns an empty list of applications, and 404 for everything else.
	answer http.RoundTripper
}

// run is a configured provider and the requests it has sent.
type run struct {
	*acctest.Protocol

	configured acctest.Diagnostics
	home, cwd  string

	mu        sync.Mutex
	sent      []*http.Request
	variables map[string]bool // that were read
}

// start configures a provider that has no data sources but the probes below, without validating first.
func (w world) start(t *testing.T) *run {
	t.Helper()
	r := &run{home: t.TempDir(), cwd: t.TempDir(), variables: map[string]bool{}}
	write(t, filepath.Join(r.cwd, ".vonagerc"), w.rc)
	write(t, filepath.Join(r.home, ".vonage", "config.json"), w.cliConfig)
	for name, content := range w.files {
		write(t, filepath.Join(r.cwd, name), content)
	}
	made := vonageprovider.New("1.2.3",
		vonageprovider.WithEnvironment(func(name string) string {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.variables[name] = true
			return w.env[name]
		}),
		vonageprovider.WithHome(r.home),
		vonageprovider.WithWorkingDirectory(r.cwd),
		vonageprovider.WithTransport(roundTripper(func(req *http.Request) (*http.Response, error) {
			r.mu.Lock()
			r.sent = append(r.sent, req)
			r.mu.Unlock()
			if w.answer != nil {
				return w.answer.RoundTrip(req)
			}
			if req.URL.Path == "/v2/applications" || req.URL.Path == "/account/numbers" {
				return respond(req, http.StatusOK, `{}`), nil
			}
			return respond(req, http.StatusNotFound, `{"title":"Not Found"}`), nil
		})),
	)()
	validating, ok := made.(provider.ProviderWithValidateConfig)
	if !ok {
		t.Fatal("the provider does not validate")
	}
	r.Protocol = acctest.NewProtocol(t, providerserver.NewProtocol6(probed{validating})())
	r.configured = r.Configure(w.config)
	return r
}

func write(t *testing.T, file, content string) {
	t.Helper()
	if content == "" {
		return
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func respond(req *http.Request, status int, body string) *http.Response {
	return &http.Response{
		StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}}, Request: req,
		Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)),
	}
}

// useAccount makes a call that needs API key and secret, and returns them as they were sent.
func (r *run) useAccount(t *testing.T) (credentials string, diags acctest.Diagnostics) {
	t.Helper()
	_, diags = r.ReadDataSource("vonage_account_probe", values{})
	for _, req := range r.requests() {
		key, secret, ok := req.BasicAuth()
		if !ok {
			t.Fatalf("sent with %q", req.Header.Get("Authorization"))
		}
		credentials = key + ":" + secret
	}
	return credentials, diags
}

// useApplication makes a call that needs a token, and returns the token as it was sent.
func (r *run) useApplication(t *testing.T) (token string, diags acctest.Diagnostics) {
	t.Helper()
	_, diags = r.ReadDataSource("vonage_application_probe", values{})
	for _, req := range r.requests() {
		var ok bool
		if token, ok = strings.CutPrefix(req.Header.Get("Authorization"), "Bearer "); !ok {
			t.Fatalf("sent with %q", req.Header.Get("Authorization"))
		}
	}
	return token, diags
}

// useSigningKey requests the signing key and returns its application id.
func (r *run) useSigningKey(t *testing.T) (applicationID string, diags acctest.Diagnostics) {
	t.Helper()
	state, diags := r.ReadDataSource("vonage_signing_probe", values{})
	applicationID, _ = state["found"].(string)
	return applicationID, diags
}

func (r *run) requests() []*http.Request {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]*http.Request(nil), r.sent...)
}

// probed is the provider with data sources that use one kind of credentials each.
type probed struct {
	provider.ProviderWithValidateConfig
}

func (probed) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		newProbe("account", func(ctx context.Context, data *framework.ProviderData) (string, error) {
			for _, err := range data.Client.Applications.List(ctx) { // listed, because reading a single application would be cached
				return "", err
			}
			return "", nil
		}),
		newProbe("numbers", func(ctx context.Context, data *framework.ProviderData) (string, error) {
			for _, err := range data.Client.Numbers.List(ctx, vonage.ListNumbersOptions{}) {
				return "", err
			}
			return "", nil
		}),
		newProbe("application", func(ctx context.Context, data *framework.ProviderData) (string, error) {
			_, err := data.Client.Conversations.Get(ctx, vonage.ConversationQuery{ID: aConversation})
			return "", err
		}),
		newProbe("signing", func(ctx context.Context, data *framework.ProviderData) (string, error) {
			key, err := data.SigningKey(ctx)
			if err == nil && key.PrivateKey == nil {
				return "", os.ErrInvalid
			}
			return key.ApplicationID, err
		}),
	}
}

// probe is a data source that makes one call and expects it to find nothing.
type probe struct {
	name string
	use  func(context.Context, *framework.ProviderData) (string, error)
	data *framework.ProviderData
}

func newProbe(name string, use func(context.Context, *framework.ProviderData) (string, error)) func() datasource.DataSource {
	return func() datasource.DataSource { return &probe{name: name, use: use} }
}

func (p *probe) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + p.name + "_probe"
}

func (p *probe) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{"found": schema.StringAttribute{Computed: true}}}
}

func (p *probe) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	p.data = framework.Data(req.ProviderData, &resp.Diagnostics)
}

func (p *probe) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := p.use(ctx, p.data)
	if err != nil && !vonage.IsNotFound(err) {
		framework.AddError(&resp.Diagnostics, "read", "probe", framework.InDataSource(err), nil)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, struct {
		Found string `tfsdk:"found"`
	}{found})...)
}
