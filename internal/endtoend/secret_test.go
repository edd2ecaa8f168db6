// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// secrets maps the name of each secret to parts that identify it, one of which is enough. found also detects them
// escaped or encoded.
type secrets map[string][][]byte

// add adds parts. Long ones are cut, because searching for them is much slower.
func (s secrets) add(name string, parts ...[]byte) {
	for _, part := range parts {
		s[name] = append(s[name], part[:min(len(part), 48)])
	}
}

// addText adds a password by its distinctive part, which must have no punctuation or spaces, because those may be
// escaped.
func (s secrets) addText(name, distinctive string) {
	s.add(name, []byte(distinctive), []byte(hex.EncodeToString([]byte(distinctive))))
}

// addToken adds a JWT by its claims and its signature.
func (s secrets) addToken(name, token string) {
	for _, part := range strings.Split(token, ".")[1:] {
		s.add(name, []byte(part))
	}
}

// addKey adds a private key: the lines of its PEM after those with the modulus, which is public, and its private
// numbers, in the encodings of DER and of Go's fmt.
func (s secrets) addKey(t *testing.T, name, text string) {
	t.Helper()
	key, err := vonage.ParsePrivateKey(text)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for _, line := range lines[len(lines)/3 : len(lines)-2] {
		s.add(name, []byte(line), []byte(base64.RawURLEncoding.EncodeToString(decoded(line))))
	}
	for _, number := range append(slices.Clone(key.Primes), key.D) {
		s.add(name, number.Bytes(), []byte(number.String()), []byte(number.Text(16)))
	}
}

func decoded(text string) []byte {
	bytes, _ := base64.StdEncoding.DecodeString(text)
	return bytes
}

// shape describes a kind of secret whose value is not known.
type shape struct {
	name   string
	marks  []string // every match of whole contains one of these, which are found much faster
	whole  *regexp.Regexp
	before int // the maximal number of bytes from the start of a match to the mark
}

var shapes = []shape{
	{"a PEM private key", []string{"PRIVATE"}, regexp.MustCompile(`BEGIN[A-Z0-9 +%]*PRIVATE`), 40},
	// The first bytes of an RSA key in PKCS #8 and PKCS #1 (RFC 5208, RFC 8017).
	{"a private key in base64", []string{"IBADANBgkqhkiG9w0BAQEFAASC", "IBAAKCAQEA"}, nil, 0},
	{"a private key in DER", []string{"\x02\x01\x00\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00\x04"}, nil, 0},
	{"a token", []string{"eyJ"}, regexp.MustCompile(`^eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}`), 0},
	{"an Authorization header", []string{"asic", "earer"}, regexp.MustCompile(`\b([Bb]asic|[Bb]earer)[ +][A-Za-z0-9+/=._~-]{20,}`), 2},
	{"a secret in a query", []string{"ecret="}, regexp.MustCompile(`api_?[sS]ecret=[^(&\s]`), 5},
	{"a Go struct with a secret", []string{"APISecret:", "PrivateKey:"}, regexp.MustCompile(`^(APISecret|PrivateKey):[^ }]`), 0},
}

// longest limits a match to this number of bytes after its mark.
const longest = 2000

func (s shape) in(text []byte) bool {
	for _, mark := range s.marks {
		for from := 0; ; from++ {
			next := bytes.Index(text[from:], []byte(mark))
			if next < 0 {
				break
			}
			from += next
			if s.whole == nil || s.whole.Match(text[max(from-s.before, 0):min(from+longest, len(text))]) {
				return true
			}
		}
	}
	return false
}

// found returns the names of the secrets in a text: verbatim, in base64, or in base64 twice, as in the private data of a
// state.
func (s secrets) found(text []byte) []string {
	names := map[string]bool{}
	parts := s.byStart()
	for range 3 {
		parts.look(text, names)
		text = decodedRuns(text)
	}
	return slices.Sorted(maps.Keys(names))
}

// decodedRuns returns the decoded base64 runs in a text, concatenated. Most runs are ordinary words, many of them
// repeated.
func decodedRuns(text []byte) []byte {
	var said []byte
	seen := map[string]bool{}
	for from := 0; from < len(text); from++ {
		to := from
		for to < len(text) && base64Letters[text[to]] != 0 {
			to++
		}
		run := text[from:to]
		from = to
		if len(run) < 16 || seen[string(run)] {
			continue
		}
		seen[string(run)] = true
		standard := make([]byte, len(run))
		for i, letter := range run {
			standard[i] = base64Letters[letter]
		}
		content, _ := base64.RawStdEncoding.DecodeString(string(standard))
		said = append(append(said, content...), 0)
	}
	return said
}

// base64Letters are the letters of both alphabets of base64, each as it is in the standard one.
var base64Letters = func() (letters [256]byte) {
	for _, letter := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") {
		letters[letter] = letter
	}
	letters['-'], letters['_'] = '+', '/'
	return letters
}()

// partsByStart are the parts of secrets by their first bytes. There are hundreds of parts and many megabytes of log: the
// text is gone through once, instead of once for each part.
type partsByStart struct {
	parts map[[startLength]byte][]namedPart
	two   [1 << 16]bool // the first two bytes of each
}

type namedPart struct {
	name    string
	content []byte
}

// startLength is shorter than every part.
const startLength = 8

func (s secrets) byStart() *partsByStart {
	by := &partsByStart{parts: map[[startLength]byte][]namedPart{}}
	for name, parts := range s {
		for _, part := range parts {
			start := [startLength]byte(part)
			by.parts[start] = append(by.parts[start], namedPart{name: name, content: part})
			by.two[binary.BigEndian.Uint16(part)] = true
		}
	}
	return by
}

func (p *partsByStart) look(text []byte, names map[string]bool) {
	for i := range max(len(text)-startLength+1, 0) {
		if !p.two[binary.BigEndian.Uint16(text[i:])] {
			continue
		}
		for _, part := range p.parts[[startLength]byte(text[i:])] {
			if bytes.HasPrefix(text[i:], part.content) {
				names[part.name] = true
			}
		}
	}
	for _, shape := range shapes {
		if shape.in(text) {
			names[shape.name] = true
		}
	}
}

func twofold(text string) string {
	inner := `{"key":"` + base64.StdEncoding.EncodeToString([]byte(text)) + `"}`
	return base64.StdEncoding.EncodeToString([]byte(inner))
}

// The search must find every secret in every encoding; otherwise the tests that use it prove nothing.
func TestSecretsAreFound(t *testing.T) {
	t.Parallel()
	const token = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJhcHBsaWNhdGlvbl9pZCI6ImFhYWEifQ.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg"
	key := acctest.Key(0)
	text := acctest.PrivateKey(0)
	known := secrets{}
	known.addText("password", "h0rseBatteryStaple")
	known.addToken("jwt", token)
	known.addKey(t, "key", text)
	password := `correct "h0rseBatteryStaple" & <more>`

	block, _ := pem.Decode([]byte(text))
	quoted, err := json.Marshal(map[string]string{"pem": text, "password": password})
	if err != nil {
		t.Fatal(err)
	}
	twice, err := json.Marshal(string(quoted))
	if err != nil {
		t.Fatal(err)
	}
	for where, test := range map[string]struct {
		text  string
		finds []string
	}{
		"nothing":              {`request_body="{\"name\":\"n\",\"secret\":\"(redacted)\"}" Authorization: Basic auth, eyJ own_secrets public_key`, nil},
		"a public key":         {acctest.PublicKey(0) + key.N.String(), nil},
		"plain":                {text + password + token, []string{"key", "password", "jwt"}},
		"JSON":                 {string(quoted), []string{"key", "password"}},
		"JSON in JSON":         {string(twice), []string{"key", "password"}},
		"HCL":                  {fmt.Sprintf("%q", text+password), []string{"key", "password"}},
		"a form":               {url.Values{"a": {text + password + token}}.Encode(), []string{"key", "password", "jwt"}},
		"an Authorization":     {"Basic " + base64.StdEncoding.EncodeToString([]byte("k:"+password)), []string{"password"}},
		"base64":               {base64.StdEncoding.EncodeToString([]byte("x" + text + password + token)), []string{"key", "password", "jwt"}},
		"private data":         {twofold(password), []string{"password"}},
		"base64 for URLs":      {base64.URLEncoding.EncodeToString([]byte("xy" + password)), []string{"password"}},
		"DER":                  {string(block.Bytes), []string{"key", "a private key in DER"}},
		"DER in base64":        {base64.StdEncoding.EncodeToString(block.Bytes), []string{"key", "a private key in base64"}},
		"DER in URL base64":    {base64.RawURLEncoding.EncodeToString(block.Bytes), []string{"key"}},
		"PKCS #1":              {base64.StdEncoding.EncodeToString(x509.MarshalPKCS1PrivateKey(key)), []string{"key", "a private key in base64"}},
		"a Go struct":          {fmt.Sprintf("%+v", struct{ K *rsa.PrivateKey }{key}.K), []string{"key"}},
		"hexadecimal":          {hex.EncodeToString([]byte("h0rseBatteryStaple")), []string{"password"}},
		"a part of a token":    {"signed c2lnbmF0dXJlLW9mLXRoZS10b2tlbg", []string{"jwt"}},
		"a key of nobody's":    {acctest.PrivateKey(1), []string{"a PEM private key", "a private key in base64"}},
		"a token of nobody's":  {"eyJhbGciOiJIUzI1NiJ9.eyJub2JvZHkiOjF9.bm9ib2R5LXNpZ25lZA", []string{"a token"}},
		"a header of nobody's": {`Authorization:[Bearer 0123456789abcdef0123]`, []string{"an Authorization header"}},
		"a query":              {"/number/buy?api_key=k&api_secret=x", []string{"a secret in a query"}},
		"a struct of nobody's": {fmt.Sprintf("%+v", vonage.Account{APIKey: "k", APISecret: "s"}), []string{"a Go struct with a secret"}},
	} {
		got := known.found([]byte(`2026-01-02T03:04:05.678Z [TRACE] provider: said: what="` + where + `" ` + test.text + "\n"))
		for _, name := range test.finds {
			if !slices.Contains(got, name) {
				t.Errorf("%s: found %q, and not %q", where, got, name)
			}
		}
		if test.finds == nil && got != nil {
			t.Errorf("%s: found %q", where, got)
		}
	}
}
