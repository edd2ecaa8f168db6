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
		{name: "500 objects, half applications, half links", configuration: applicationsAndLinks(public), count: 250, numbers: 250},
		{name: "1,000 objects, half applications, half links", configuration: applicationsAndLinks(public), count: 500, numbers: 500},
		{name: "4,000 objects, half applications, half links", configuration: applicationsAndLinks(public), count: 2000, numbers: 2000, runs: 3},
		{name: "1,000 numbers, each linked as one object", configuration: links(), count: 1000, numbers: 1000, runs: 3},
		{name: "4,000 numbers, each linked as one object", configuration: links(), count: 4000, numbers: 4000, runs: 1},
		{name: "1,000 numbers, linked as one object together", configuration: numbersTogether(), count: 1000, numbers: 1000, runs: 3},
		{name: "5,000 numbers, linked as one object together", configuration: numbersTogether(), count: 5000, numbers: 5000, runs: 3},
		{name: "20,000 numbers, linked as one object together", configuration: numbersTogether(), count: 20000, numbers: 20000, runs: 1},
		{name: "1,000 `terraform_data`, no provider", configuration: builtIn(), count: 1000},
		{name: "4,000 `terraform_data`, no provider", configuration: builtIn(), count: 4000, runs: 3},
	}, nil
}

// applicationsAndLinks returns a configuration of var.n applications, with most of the optional settings, and as many
// numbers that are linked to the first few of them. The links take the ids from a local value, as a real account's would:
// if each of them referred to a counted application, Terraform would evaluate all applications for each, and the plan would
// measure that.
func applicationsAndLinks(publicKey string) string {
	return fmt.Sprintf(`%s%s
resource "vonage_application" "bench" {
  count      = var.n
  name       = "bench ${count.index}"
  public_key = %q
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
  applications = slice(vonage_application.bench[*].id, 0, min(var.n, 10))
}

resource "vonage_number_link" "bench" {
  count          = var.n
  country        = "GB"
  msisdn         = format("4477009%%05d", count.index)
  application_id = local.applications[count.index %% length(local.applications)]
}
`, providerWithoutLimits, variableN, publicKey)
}

// links returns a configuration of var.n vonage_number_link to twenty applications, whose ids are local values.
func links() string {
	return providerWithoutLimits + variableN + `
resource "vonage_application" "bench" {
  count = 20
  name  = "bench ${count.index}"
}

locals {
  applications = vonage_application.bench[*].id
}

resource "vonage_number_link" "bench" {
  count          = var.n
  country        = "GB"
  msisdn         = format("4477009%05d", count.index)
  application_id = local.applications[count.index % 20]
}
`
}

// numbersTogether returns a configuration of one vonage_application_numbers with var.n numbers, a multiple of applied. They are
// made in pieces, because range gives at most 1,024.
func numbersTogether() string {
	return providerWithoutLimits + variableN + `
resource "vonage_application" "bench" {
  name = "bench"
}

resource "vonage_application_numbers" "bench" {
  application_id = vonage_application.bench.id
  numbers        = flatten([for i in range(0, var.n, 40) : [for j in range(40) : format("4477009%05d", i + j)]])
}
`
}

func publicKey() (string, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return "", err
	}
	return vonage.EncodePublicKey(&key.PublicKey)
}

// builtIn returns a configuration of var.n of Terraform's built-in resources, whose provider does almost nothing.
func builtIn() string {
	return variableN + "resource \"terraform_data\" \"bench\" {\n  count = var.n\n  input = \"bench ${count.index}\"\n}\n"
}

const variableN = "variable \"n\" {\n  type = number\n}\n"

const providerWithoutLimits = `terraform {
  required_providers {
    vonage = { source = "vonage/vonage" }
  }
}

provider "vonage" {
  requests_per_second = { applications = 0, numbers_list = 0, numbers_write = 0, conversations = 0, account = 0, pricing = 0 }
}
`
