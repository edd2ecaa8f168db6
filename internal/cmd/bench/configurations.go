// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"crypto/rand"
	"crypto/rsa"
	"fmt"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// plans returns every plan that is measured.
func plans() ([]plan, error) {
	public, err := publicKey()
	if err != nil {
		return nil, err
	}
	return []plan{
		{name: "500 objects, half applications, half links", configuration: applicationsAndLinks(250, public), numbers: 250},
		{name: "1,000 objects, half applications, half links", configuration: applicationsAndLinks(500, public), numbers: 500},
		{name: "4,000 objects, half applications, half links", configuration: applicationsAndLinks(2000, public), numbers: 2000, runs: 3},
		{name: "1,000 numbers, each linked as one object", configuration: links(1000), numbers: 1000, runs: 3},
		{name: "4,000 numbers, each linked as one object", configuration: links(4000), numbers: 4000, runs: 1},
		{name: "1,000 numbers, linked as one object together", configuration: numbersTogether(1), numbers: 1000, runs: 3},
		{name: "5,000 numbers, linked as one object together", configuration: numbersTogether(5), numbers: 5000, runs: 3},
		{name: "20,000 numbers, linked as one object together", configuration: numbersTogether(20), numbers: 20000, runs: 3},
		{name: "1,000 `terraform_data`, no provider", configuration: builtIn(1000)},
		{name: "4,000 `terraform_data`, no provider", configuration: builtIn(4000), runs: 3},
	}, nil
}

// applicationsAndLinks returns a configuration of n applications, with most of the optional settings, and n numbers that
// are linked to the first few of them. The links take the ids from a local value, as a real account's would: if each of
// them referred to a counted application, Terraform would evaluate all n applications n times, and the plan would
// measure that.
func applicationsAndLinks(n int, publicKey string) string {
	return fmt.Sprintf(`%s
resource "vonage_application" "bench" {
  count      = %[2]d
  name       = "bench ${count.index}"
  public_key = %[3]q
  improve_ai = false

  voice = {
    answer_url          = { address = "https://example.com/${count.index}/answer" }
    fallback_answer_url = { address = "https://example.com/${count.index}/fallback" }
    event_url           = { address = "https://example.com/${count.index}/event" }
  }
  messages = {
    inbound_url = { address = "https://example.com/${count.index}/inbound" }
    status_url  = { address = "https://example.com/${count.index}/status" }
  }
  rtc = {
    event_url = { address = "https://example.com/${count.index}/rtc" }
  }
}

locals {
  applications = slice(vonage_application.bench[*].id, 0, min(%[2]d, 10))
}

resource "vonage_number_link" "bench" {
  count          = %[2]d
  country        = "GB"
  msisdn         = format("4477009%%05d", count.index)
  application_id = local.applications[count.index %% length(local.applications)]
}
`, providerWithoutLimits, n, publicKey)
}

// links returns a configuration of n vonage_number_link to twenty applications, whose ids are local values.
func links(n int) string {
	return fmt.Sprintf(`%s
resource "vonage_application" "bench" {
  count = 20
  name  = "bench ${count.index}"
}

locals {
  applications = vonage_application.bench[*].id
}

resource "vonage_number_link" "bench" {
  count          = %d
  country        = "GB"
  msisdn         = format("4477009%%05d", count.index)
  application_id = local.applications[count.index %% 20]
}
`, providerWithoutLimits, n)
}

// numbersTogether returns a configuration of one vonage_application_numbers with that many thousands of numbers.
func numbersTogether(thousands int) string {
	return fmt.Sprintf(`%s
resource "vonage_application" "bench" {
  name = "bench"
}

resource "vonage_application_numbers" "bench" {
  application_id = vonage_application.bench.id
  numbers        = flatten([for i in range(%d) : [for j in range(1000) : format("4477009%%05d", 1000 * i + j)]])
}
`, providerWithoutLimits, thousands)
}

func publicKey() (string, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return "", err
	}
	return vonage.EncodePublicKey(&key.PublicKey)
}

// builtIn returns a configuration of Terraform's built-in resources, whose provider does almost nothing.
func builtIn(n int) string {
	return fmt.Sprintf("resource \"terraform_data\" \"bench\" {\n  count = %d\n  input = \"bench ${count.index}\"\n}\n", n)
}

const providerWithoutLimits = `terraform {
  required_providers {
    vonage = { source = "vonage/vonage" }
  }
}

provider "vonage" {
  requests_per_second = { applications = 0, numbers_list = 0, numbers_write = 0, conversations = 0, account = 0, pricing = 0 }
}
`
