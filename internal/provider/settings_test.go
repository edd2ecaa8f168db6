// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// account returns credentials for tests that are about other settings.
func account(more values) values {
	config := values{
		"api_key": "k", "api_secret": "s", "application_id": anApplication, "private_key": acctest.PrivateKey(7),
	}
	maps.Copy(config, more)
	return config
}

func TestConfigureTouchesNothing(t *testing.T) {
	t.Parallel()
	r := world{
		config: values{
			"api_key": "half", "application_id": anApplication, "private_key": "missing.key", "request_timeout": acctest.Unknown,
			"api_url": acctest.Unknown, "max_retries": acctest.Unknown, "requests_per_second": acctest.Unknown,
		},
		env: map[string]string{"VONAGE_REST_URL": "nonsense", "VONAGE_MAX_RETRIES": "many", "VONAGE_JWT": "nonsense"},
		rc:  "{", cliConfig: "{",
	}.start(t)
	r.configured.MustBeEmpty(t)
	if sent := r.requests(); len(sent) > 0 {
		t.Errorf("Configure sent %s %s", sent[0].Method, sent[0].URL)
	}
}

func TestOrigins(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config values
		env    map[string]string
		want   string
		fails  string
	}{
		"default":     {nil, nil, "https://api.nexmo.com", ""},
		"environment": {nil, map[string]string{"VONAGE_API_URL": "https://api.example.com/"}, "https://api.example.com", ""},
		"empty":       {nil, map[string]string{"VONAGE_API_URL": ""}, "https://api.nexmo.com", ""},
		"configuration": {
			values{"api_url": "http://127.0.0.1:4010"},
			map[string]string{"VONAGE_API_URL": "nonsense"},
			"http://127.0.0.1:4010", "",
		},
		"plain http": {
			nil,
			map[string]string{"VONAGE_API_URL": "http://api.example.com"},
			"", "In the environment, VONAGE_API_URL cannot be used: plain http://",
		},
		"allowed plain http": {
			values{"allow_http_hosts": []any{"emulator"}},
			map[string]string{"VONAGE_API_URL": "http://Emulator:4010", "VONAGE_REST_URL": "http://emulator:4010"},
			"http://Emulator:4010", "",
		},
		"plain http to another host than the allowed one": {
			values{"allow_http_hosts": []any{"emulator"}},
			map[string]string{"VONAGE_API_URL": "http://example.com"},
			"", "VONAGE_API_URL cannot be used: plain http://",
		},
		"unknown allowed hosts": {
			values{"allow_http_hosts": acctest.Unknown},
			map[string]string{"VONAGE_API_URL": "http://emulator"},
			"", "In the provider block, allow_http_hosts is known only after apply",
		},
		"an unknown allowed host": {
			values{"allow_http_hosts": []any{"emulator", acctest.Unknown}},
			nil,
			"", "In the provider block, allow_http_hosts is known only after apply",
		},
		"emulator": {nil, map[string]string{"VONAGE_EMULATOR_URL": "http://127.0.0.1:4010/"}, "http://127.0.0.1:4010", ""},
		"emulator and its own variable": {
			nil,
			map[string]string{"VONAGE_EMULATOR_URL": "http://127.0.0.1:4010", "VONAGE_API_URL": "https://api.example.com"},
			"https://api.example.com", "",
		},
		"emulator and configuration": {
			values{"api_url": "https://api.example.com"},
			map[string]string{"VONAGE_EMULATOR_URL": "http://127.0.0.1:4010"},
			"https://api.example.com", "",
		},
		"emulator elsewhere": {
			nil,
			map[string]string{"VONAGE_EMULATOR_URL": "http://emulator:4010"},
			"", "In the environment, VONAGE_EMULATOR_URL cannot be used: plain http://",
		},
		"path": {nil, map[string]string{"VONAGE_API_URL": "https://example.com/v2"}, "", "must not have a path"},
		"the other one": {
			nil,
			map[string]string{"VONAGE_REST_URL": "https://example.com?a"},
			"", "VONAGE_REST_URL cannot be used: the URL must not have a query",
		},
		"unknown": {
			values{"api_url": acctest.Unknown},
			map[string]string{"VONAGE_API_URL": "https://example.com"},
			"", "In the provider block, api_url is known only after apply",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := world{config: account(test.config), env: test.env}.start(t)
			r.configured.MustBeEmpty(t)
			_, accountDiags := r.useAccount(t)
			if test.fails != "" {
				accountDiags.MustFail(t, "", test.fails)
				_, diags := r.ReadDataSource("vonage_application_probe", values{})
				diags.MustFail(t, "", test.fails)
				if len(r.requests()) > 0 {
					t.Error("a request was sent")
				}
				return
			}
			accountDiags.MustBeEmpty(t)
			for _, req := range r.requests() {
				if got := req.URL.Scheme + "://" + req.URL.Host; got != test.want {
					t.Errorf("sent to %s, want %s", got, test.want)
				}
				if req.URL.Path != "/v2/applications" {
					t.Errorf("sent to %s", req.URL)
				}
			}
		})
	}
}

// One host on this machine and the other at Vonage is hardly meant. The first use of the host that is not set asks for it,
// and nothing is sent there; the host that is set works.
func TestOneHostOnThisMachine(t *testing.T) {
	t.Parallel()
	const local, vonageItself = "http://127.0.0.1:4010", "https://api.example.com"
	for name, test := range map[string]struct {
		set        map[string]string
		asksFor    string   // the attribute that the error asks for; "" if all works
		unaffected []string // probes that work
		refused    []string // probes that fail
	}{
		"api_url":                      {map[string]string{"api_url": local}, "rest_url", []string{"account", "application", "signing"}, []string{"numbers"}},
		"rest_url":                     {map[string]string{"rest_url": local}, "api_url", []string{"numbers", "signing"}, []string{"account", "application"}},
		"localhost":                    {map[string]string{"api_url": "http://localhost:1"}, "rest_url", []string{"account"}, []string{"numbers"}},
		"IPv6":                         {map[string]string{"rest_url": "https://[::1]:1"}, "api_url", []string{"numbers"}, []string{"account"}},
		"emulator":                     {map[string]string{"emulator_url": local}, "", []string{"account", "application", "numbers"}, nil},
		"both":                         {map[string]string{"api_url": local, "rest_url": local}, "", []string{"account", "application", "numbers"}, nil},
		"none":                         {nil, "", []string{"account", "application", "numbers"}, nil},
		"api_url elsewhere":            {map[string]string{"api_url": vonageItself}, "", []string{"account", "numbers"}, nil},
		"rest_url elsewhere":           {map[string]string{"rest_url": vonageItself}, "", []string{"account", "numbers"}, nil},
		"the other set to its default": {map[string]string{"api_url": local, "rest_url": "https://rest.nexmo.com"}, "", []string{"account", "numbers"}, nil},
	} {
		for _, source := range []string{"configuration", "environment"} {
			t.Run(name+" in the "+source, func(t *testing.T) {
				t.Parallel()
				w := world{config: account(nil), env: map[string]string{}}
				for attribute, url := range test.set {
					if source == "configuration" && attribute != "emulator_url" {
						w.config[attribute] = url
					} else {
						w.env["VONAGE_"+strings.ToUpper(attribute)] = url
					}
				}
				r := w.start(t)
				r.configured.MustBeEmpty(t)
				for _, probe := range test.refused {
					_, diags := r.ReadDataSource("vonage_"+probe+"_probe", values{})
					diags.MustFail(t, "", "Set "+test.asksFor, "VONAGE_"+strings.ToUpper(test.asksFor), "was not sent")
					if sent := r.requests(); len(sent) > 0 {
						t.Errorf("%s: sent to %s", probe, sent[0].URL.Host)
					}
				}
				for _, probe := range test.unaffected {
					_, diags := r.ReadDataSource("vonage_"+probe+"_probe", values{})
					diags.MustBeEmpty(t)
				}
			})
		}
	}
}

func TestMaxRetries(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config values
		env    map[string]string
		want   int // number of attempts
		fails  string
	}{
		"default":       {nil, nil, 5, "HTTP 503"},
		"configuration": {values{"max_retries": 0}, map[string]string{"VONAGE_MAX_RETRIES": "3"}, 1, "HTTP 503"},
		"environment":   {nil, map[string]string{"VONAGE_MAX_RETRIES": "1"}, 2, "HTTP 503"},
		"negative": {
			nil,
			map[string]string{"VONAGE_MAX_RETRIES": "-1"},
			0, `VONAGE_MAX_RETRIES cannot be used: "-1" is not a number of retries`,
		},
		"no number": {nil, map[string]string{"VONAGE_MAX_RETRIES": "two"}, 0, `"two" is not a number of retries`},
		"unknown is no reset": {
			values{"max_retries": acctest.Unknown},
			map[string]string{"VONAGE_MAX_RETRIES": "3"},
			0, "In the provider block, max_retries is known only after apply",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := world{config: account(test.config), env: test.env, answer: roundTripper(func(req *http.Request) (*http.Response, error) {
					return respond(req, http.StatusServiceUnavailable, ""), nil
				})}.start(t)
				_, diags := r.useAccount(t)
				diags.MustFail(t, "", test.fails)
				if got := len(r.requests()); got != test.want {
					t.Errorf("%d attempts, want %d", got, test.want)
				}
			})
		})
	}
}

func TestRequestTimeout(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config values
		env    map[string]string
		want   time.Duration
		fails  string
	}{
		"default":       {nil, nil, 30 * time.Second, "30s"},
		"configuration": {values{"request_timeout": "90s"}, map[string]string{"VONAGE_REQUEST_TIMEOUT": "1s"}, 90 * time.Second, "1m30s"},
		"environment":   {nil, map[string]string{"VONAGE_REQUEST_TIMEOUT": "2s"}, 2 * time.Second, "2s"},
		"zero": {
			nil,
			map[string]string{"VONAGE_REQUEST_TIMEOUT": "0s"},
			0, "VONAGE_REQUEST_TIMEOUT cannot be used: a duration must be longer than zero",
		},
		"no duration": {nil, map[string]string{"VONAGE_REQUEST_TIMEOUT": "30"}, 0, `"30" is not a duration`},
		"unknown": {
			values{"request_timeout": acctest.Unknown},
			nil, 0, "In the provider block, request_timeout is known only after apply",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				config := account(test.config)
				config["max_retries"] = 0
				r := world{config: config, env: test.env, answer: roundTripper(func(req *http.Request) (*http.Response, error) {
					<-req.Context().Done()
					return nil, req.Context().Err()
				})}.start(t)
				start := time.Now()
				_, diags := r.useAccount(t)
				diags.MustFail(t, "", test.fails)
				if got := time.Since(start); got != test.want {
					t.Errorf("waited %s, want %s", got, test.want)
				}
			})
		})
	}
}

func TestRequestsPerSecond(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		limits any
		want   time.Duration // expected time for 21 calls of the Application API
		fails  string
	}{
		"default":                 {nil, 2 * time.Second, ""},
		"some":                    {values{"applications": 5}, 4 * time.Second, ""},
		"a fraction":              {values{"applications": 0.5}, 40 * time.Second, ""},
		"none":                    {values{"applications": 0}, 0, ""},
		"of others":               {values{"numbers_list": 0.1}, 2 * time.Second, ""},
		"unknown":                 {acctest.Unknown, 0, "In the provider block, requests_per_second is known only after apply"},
		"unknown member":          {values{"conversations": acctest.Unknown}, 0, "requests_per_second.conversations"},
		"unknown, not the others": {values{"applications": 5, "numbers_write": acctest.Unknown}, 0, "requests_per_second.numbers_write"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := world{config: account(values{"requests_per_second": test.limits})}.start(t)
				r.configured.MustBeEmpty(t)
				start := time.Now()
				for range 21 {
					_, diags := r.useAccount(t)
					if test.fails != "" {
						diags.MustFail(t, "", test.fails)
						return
					}
					diags.MustBeEmpty(t)
				}
				// The test only tells this limit from other values: the client leaves slightly more time between requests than the
				// limit requires.
				if got := time.Since(start); got > test.want*11/10 || got < test.want {
					t.Errorf("21 calls took %s, want about %s", got, test.want)
				}
			})
		})
	}
}

func TestUserAgent(t *testing.T) {
	t.Parallel()
	const own = "terraform-provider-vonage/1.2.3 (+https://registry.terraform.io/providers/vonage/vonage) terraform/1.14.0"
	for suffix, want := range map[string]string{
		"":                  own,
		"ci/7":              own + " ci/7",
		"ci/7\r\nX-Evil: y": own + " ci/7X-Evil: y",
		" ci/8 ":            own + " ci/8",
		"\x00ö":             own,
	} {
		r := world{config: account(nil), env: map[string]string{"TF_APPEND_USER_AGENT": suffix}}.start(t)
		_, diags := r.useAccount(t)
		diags.MustBeEmpty(t)
		if sent := r.requests(); len(sent) != 1 || sent[0].Header.Get("User-Agent") != want {
			t.Errorf("with %q: %d requests, User-Agent %q, want %q", suffix, len(sent), sent[0].Header.Get("User-Agent"), want)
		}
	}
}

func TestValidateProvider(t *testing.T) {
	t.Parallel()
	r := world{}.start(t)
	for name, good := range map[string]values{
		"nothing": {},
		"everything": account(values{
			"api_url": "https://a.example", "rest_url": "http://[::1]:80/", "request_timeout": "1m", "max_retries": 0,
			"requests_per_second": values{"applications": 0.5},
		}),
		"half a pair":         {"api_key": "k", "application_id": anApplication},
		"a path":              {"private_key": "does/not/exist.key"},
		"a token":             {"jwt": aToken, "application_id": anApplication},
		"unknown and the key": {"jwt": acctest.Unknown, "private_key": acctest.PrivateKey(7)},
		"unknown": {
			"api_key": acctest.Unknown, "api_secret": acctest.Unknown, "application_id": acctest.Unknown, "private_key": acctest.Unknown,
			"jwt": acctest.Unknown, "api_url": acctest.Unknown, "rest_url": acctest.Unknown, "request_timeout": acctest.Unknown,
			"max_retries": acctest.Unknown, "requests_per_second": values{"applications": acctest.Unknown},
		},
		"unknown limits": {"requests_per_second": acctest.Unknown},
	} {
		if diags := r.ValidateProvider(good); len(diags) > 0 {
			t.Errorf("%s: %s", name, diags)
		}
	}
	for name, test := range map[string]struct {
		config    values
		attribute string
		says      string
	}{
		"no key":                {values{"api_key": ""}, "api_key", "empty"},
		"no secret":             {values{"api_secret": ""}, "api_secret", "empty"},
		"no UUID":               {values{"application_id": "mine"}, "application_id", "not a UUID"},
		"no private key":        {values{"private_key": acctest.PublicKey(7)}, "private_key", "PRIVATE KEY"},
		"blank private key":     {values{"private_key": " "}, "private_key", "neither"},
		"lines that are no key": {values{"private_key": "a\nb"}, "private_key", "neither"},
		"no token":              {values{"jwt": "a.b.c"}, "jwt", "base64url"},
		"token unsigned":        {values{"jwt": "eyJhbGciOiJub25lIn0.e30."}, "jwt", "no signature"},
		"token and key":         {values{"jwt": aToken, "private_key": "private.key"}, "jwt", "Remove either jwt or private_key"},
		"plain http":            {values{"api_url": "http://api.nexmo.com"}, "api_url", "plain http://"},
		"plain http for rest":   {values{"rest_url": "http://a.example", "allow_http_hosts": []any{"b.example"}}, "rest_url", "plain http://"},
		"host with a port":      {values{"allow_http_hosts": []any{"a.example:80"}}, "allow_http_hosts[…]", "without a scheme and a port"},
		"no allowed host":       {values{"allow_http_hosts": []any{}}, "allow_http_hosts", "at least 1"},
		"credentials":           {values{"rest_url": "https://me:pa55@rest.nexmo.com"}, "rest_url", "credentials"},
		"a query":               {values{"rest_url": "https://rest.nexmo.com?api_key=x"}, "rest_url", "query"},
		"a path":                {values{"api_url": "https://api.nexmo.com/v2"}, "api_url", "path"},
		"no duration":           {values{"request_timeout": "30"}, "request_timeout", "not a duration"},
		"no time":               {values{"request_timeout": "0s"}, "request_timeout", "longer than zero"},
		"negative retries":      {values{"max_retries": -1}, "max_retries", "at least 0"},
		"negative rate": {
			values{"requests_per_second": values{"numbers_list": -0.5}},
			"requests_per_second.numbers_list", "at least 0",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r.ValidateProvider(test.config).MustFail(t, test.attribute, test.says)
		})
	}
}
