// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/uuid"
)

// applied is how many objects of each kind a plan's configuration creates before enlarge adds the rest: a multiple of how
// many applications links refer to. Only the plan is measured, and an apply of 4,000 objects takes Terraform itself more than
// ten minutes.
const applied = 40

// instance is an object in a state of Terraform.
type instance = map[string]any

// enlarge makes the state in dir and the account what they would be if the counted resources had been applied with a count
// of n instead of applied. Every further object is a copy of one of the first, with its own number and id.
func (v *emulated) enlarge(dir string, n int) error {
	file := filepath.Join(dir, "terraform.tfstate")
	text, err := os.ReadFile(file) //nolint:gosec // of the benchmark's own directory
	if err != nil {
		return err
	}
	var (
		state     map[string]json.RawMessage
		resources []map[string]json.RawMessage
	)
	if err := errors.Join(json.Unmarshal(text, &state), json.Unmarshal(state["resources"], &resources)); err != nil {
		return err
	}
	for _, resource := range resources {
		if err := v.enlargeResource(resource, n); err != nil {
			return err
		}
	}
	if state["resources"], err = json.Marshal(resources); err != nil {
		return err
	}
	if text, err = json.Marshal(state); err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o600)
}

func (v *emulated) enlargeResource(resource map[string]json.RawMessage, n int) (err error) {
	var (
		name      string
		instances []instance
	)
	if err := errors.Join(json.Unmarshal(resource["type"], &name), json.Unmarshal(resource["instances"], &instances)); err != nil {
		return err
	}
	switch {
	case name == "vonage_application_numbers":
		err = v.linkTogether(attributesOf(instances[0]), n)
	case len(instances) == applied:
		for i := applied; i < n && err == nil; i++ {
			var another instance
			another, err = v.another(name, instances[i%applied], i)
			instances = append(instances, another)
		}
	}
	if err != nil {
		return err
	}
	resource["instances"], err = json.Marshal(instances)
	return err
}

func attributesOf(object instance) map[string]any {
	attributes, _ := object["attributes"].(map[string]any)
	return attributes
}

// linkTogether makes the numbers of a vonage_application_numbers n.
func (v *emulated) linkTogether(attributes map[string]any, n int) error {
	numbers := make([]string, n)
	for i := range n {
		numbers[i] = msisdnOf(i)
		number, _ := v.Number("GB/" + numbers[i])
		number["app_id"] = attributes["application_id"]
		if err := v.SeedNumber("GB/"+numbers[i], number); err != nil {
			return err
		}
	}
	attributes["numbers"] = numbers
	return nil
}

// another returns the i-th instance of a resource, made from one of the first, and adds its object to the account.
func (v *emulated) another(resourceType string, original instance, i int) (instance, error) {
	from := i % applied
	id := fmt.Sprint(attributesOf(original)["id"])
	kind, next := "", uuid.NewString()
	switch resourceType {
	case "vonage_application":
		kind = "applications"
	case "vonage_number_link":
		kind, next = "numbers", strings.ReplaceAll(id, msisdnOf(from), msisdnOf(i))
	}
	replace := strings.NewReplacer(
		fmt.Sprintf("bench %d\"", from), fmt.Sprintf("bench %d\"", i), fmt.Sprintf("/%d/", from), fmt.Sprintf("/%d/", i),
		msisdnOf(from), msisdnOf(i), id, next,
	)
	copied := func(of map[string]any) (made map[string]any, err error) {
		text, err := json.Marshal(of)
		if err == nil {
			err = json.Unmarshal([]byte(replace.Replace(string(text))), &made)
		}
		return made, err
	}
	made, err := copied(original)
	if err != nil {
		return nil, err
	}
	made["index_key"] = i
	if kind == "" {
		return made, nil
	}
	stored, _ := v.Documents(kind).Get(id)
	object, err := copied(stored)
	if err != nil {
		return nil, err
	}
	return made, v.Documents(kind).Seed(next, object)
}
