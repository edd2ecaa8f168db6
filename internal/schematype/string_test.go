// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package schematype

import (
	"crypto/rand"
	"crypto/rsa"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// spki is a public key shared by the package's tests: generating one takes 0.1 s.
var spki = sync.OnceValues(func() (string, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return "", err
	}
	return vonage.EncodePublicKey(&key.PublicKey)
})

func publicKey(t *testing.T) string {
	t.Helper()
	text, err := spki()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// meaningful is the set of methods that all string types of this package have.
type meaningful interface {
	basetypes.StringValuableWithSemanticEquals
	ValueCanonical() string
}

func TestMeanings(t *testing.T) {
	t.Parallel()
	pem := publicKey(t)
	for name, test := range map[string]struct {
		typ       basetypes.StringTypable
		validator validator.String
		a, b      string // two spellings of the same value
		other     string // a different value
		canonical string
		invalid   string
		noun      string
	}{
		"msisdn":     {MSISDNType{}, Valid[MSISDNMeaning](), "+44 7700 900001", "447700900001", "447700900002", "447700900001", "07700", "phone number"},
		"country":    {CountryType{}, Valid[CountryMeaning](), "gb", "GB", "DE", "GB", "GBR", "country"},
		"public key": {PublicKeyType{}, Valid[PublicKeyMeaning](), strings.ReplaceAll(pem, "\n", `\n`), pem, "other", pem, "-----BEGIN", "public key"},
		"application id": {
			ApplicationIDType{},
			Valid[ApplicationIDMeaning](),
			"78D335FA-323D-0114-9C3D-D6F0D48968CF", "78d335fa-323d-0114-9c3d-d6f0d48968cf",
			"78d335fa-323d-0114-9c3d-d6f0d48968c0", "78d335fa-323d-0114-9c3d-d6f0d48968cf", "my application", "application id",
		},
		"duration": {DurationType{}, Valid[DurationMeaning](), "90s", "1m30s", "91s", "1m30s", "90", "duration"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			value := func(text string) meaningful {
				v, err := test.typ.ValueFromTerraform(t.Context(), tftypes.NewValue(tftypes.String, text))
				if err != nil {
					t.Fatal(err)
				}
				m, ok := v.(meaningful)
				if !ok {
					t.Fatalf("%T lacks methods", v)
				}
				return m
			}
			a, b := value(test.a), value(test.b)
			if got := a.ValueCanonical(); got != test.canonical {
				t.Errorf("canonical form is %q, want %q", got, test.canonical)
			}
			if same, diags := a.StringSemanticEquals(t.Context(), b); !same || diags.HasError() {
				t.Errorf("%q and %q are not the same (%v)", test.a, test.b, diags)
			}
			if same, _ := a.StringSemanticEquals(t.Context(), value(test.other)); same {
				t.Errorf("%q and %q are the same", test.a, test.other)
			}
			if a.Equal(b) || !a.Equal(value(test.a)) {
				t.Error("Equal must compare the way of writing")
			}
			if plain, _ := a.ToStringValue(t.Context()); plain.ValueString() != test.a {
				t.Errorf("%q was rewritten to %q", test.a, plain.ValueString())
			}
			if diags := validate(t, test.validator, types.StringValue(test.a)); diags.HasError() {
				t.Errorf("%q refused: %v", test.a, diags)
			}
			diags := validate(t, test.validator, types.StringValue(test.invalid))
			if len(diags) != 1 || diags[0].Summary() != "Invalid "+test.noun {
				t.Fatalf("diagnostics of %q: %v", test.invalid, diags)
			}
			if d, ok := diags[0].(diag.DiagnosticWithPath); !ok || !d.Path().Equal(path.Root("attribute")) {
				t.Error("the diagnostic is not on the attribute")
			}
			malformed := value(test.invalid)
			if got := malformed.ValueCanonical(); got != test.invalid {
				t.Errorf("canonical form of what has none is %q", got)
			}
			if same, _ := malformed.StringSemanticEquals(t.Context(), value(test.invalid)); !same {
				t.Errorf("%q is not the same as itself", test.invalid)
			}
			if same, _ := malformed.StringSemanticEquals(t.Context(), a); same {
				t.Errorf("%q and %q are the same", test.invalid, test.a)
			}
			if _, refuses := malformed.(xattr.ValidateableAttribute); refuses {
				t.Error("the type refuses values, which can be Vonage's")
			}
			if !a.Type(t.Context()).Equal(test.typ) || test.typ.Equal(types.StringType) {
				t.Error("Equal is wrong for the type")
			}
		})
	}
}

func TestUnknownAndNullAreNeitherInvalidNorEmpty(t *testing.T) {
	t.Parallel()
	null, unknown := MSISDN{}, Unknown[MSISDNMeaning]()
	for _, v := range []MSISDN{null, unknown} {
		if diags := validate(t, Valid[MSISDNMeaning](), v.StringValue); len(diags) > 0 {
			t.Errorf("%s: %v", v, diags)
		}
		if v.ValueCanonical() != "" {
			t.Errorf("%s has a canonical form", v)
		}
	}
	if null.SameAs(unknown) || null.SameAs(NewMSISDN("")) || !null.SameAs(MSISDN{}) || !unknown.SameAs(unknown) {
		t.Error("null, unknown and empty are mixed up")
	}
	for _, v := range []tftypes.Value{tftypes.NewValue(tftypes.String, nil), tftypes.NewValue(tftypes.String, tftypes.UnknownValue)} {
		got, err := MSISDNType{}.ValueFromTerraform(t.Context(), v)
		if err != nil || got.IsNull() != v.IsNull() || got.IsUnknown() == v.IsKnown() {
			t.Errorf("%s became %s, %v", v, got, err)
		}
	}
	if _, err := (MSISDNType{}).ValueFromTerraform(t.Context(), tftypes.NewValue(tftypes.Bool, true)); err == nil {
		t.Error("a bool became a phone number")
	}
}

func TestKeepEquivalent(t *testing.T) {
	t.Parallel()
	s := schema.Schema{Attributes: map[string]schema.Attribute{
		"number": schema.StringAttribute{Required: true, CustomType: MSISDNType{}},
		"plain":  schema.StringAttribute{Required: true},
	}}
	const spaced, digits, other = "+44 7700 900001", "447700900001", "447700900002"
	for name, test := range map[string]struct {
		attribute           string
		state, config, want types.String
	}{
		"another way of writing": {"number", types.StringValue(digits), types.StringValue(spaced), types.StringValue(digits)},
		"another number":         {"number", types.StringValue(digits), types.StringValue(other), types.StringValue(other)},
		"create":                 {"number", types.StringNull(), types.StringValue(spaced), types.StringValue(spaced)},
		"unknown":                {"number", types.StringValue(digits), types.StringUnknown(), types.StringUnknown()},
		"removed":                {"number", types.StringValue(digits), types.StringNull(), types.StringNull()},
		"no meaning":             {"plain", types.StringValue(digits), types.StringValue(spaced), types.StringValue(spaced)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resp := planmodifier.StringResponse{PlanValue: test.config}
			KeepEquivalent().PlanModifyString(t.Context(), planmodifier.StringRequest{
				Path: path.Root(test.attribute), Plan: tfsdk.Plan{Schema: s},
				StateValue: test.state, ConfigValue: test.config, PlanValue: test.config,
			}, &resp)
			if resp.Diagnostics.HasError() || !resp.PlanValue.Equal(test.want) {
				t.Errorf("planned %s, want %s (%v)", resp.PlanValue, test.want, resp.Diagnostics)
			}
		})
	}
}
