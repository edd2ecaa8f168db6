// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// proposedNew returns the new state that Terraform proposes for a plan: the configuration, with the prior values of
// computed attributes that the configuration omits (objchange.ProposedNew in Terraform).
func proposedNew(attributes []*tfprotov6.SchemaAttribute, prior, config Values) Values {
	proposed := Values{}
	for _, attribute := range attributes {
		before, configured := prior[attribute.Name], config[attribute.Name]
		switch {
		case attribute.WriteOnly:
			proposed[attribute.Name] = nil
		case configured == nil && attribute.Computed:
			proposed[attribute.Name] = before
		case attribute.NestedType != nil:
			proposed[attribute.Name] = proposedNested(attribute.NestedType, before, configured)
		default:
			proposed[attribute.Name] = configured
		}
	}
	return proposed
}

func proposedNested(object *tfprotov6.SchemaObject, before, configured any) any {
	switch object.Nesting { //nolint:exhaustive // what is not a place is as configured
	case tfprotov6.SchemaObjectNestingModeSingle:
		return proposedMember(object, before, configured)
	case tfprotov6.SchemaObjectNestingModeMap:
		members, ok := configured.(Values)
		if !ok {
			return configured
		}
		priors, _ := before.(Values)
		proposed := Values{}
		for name, member := range members {
			proposed[name] = proposedMember(object, priors[name], member)
		}
		return proposed
	case tfprotov6.SchemaObjectNestingModeList:
		members, ok := configured.([]any)
		if !ok {
			return configured
		}
		priors, _ := before.([]any)
		proposed := make([]any, len(members))
		for i, member := range members {
			var prior any
			if i < len(priors) {
				prior = priors[i]
			}
			proposed[i] = proposedMember(object, prior, member)
		}
		return proposed
	default:
		return configured // members of a set cannot be matched with prior ones
	}
}

func proposedMember(object *tfprotov6.SchemaObject, before, configured any) any {
	members, ok := configured.(Values)
	if !ok {
		return configured
	}
	prior, _ := before.(Values)
	return proposedNew(object.Attributes, prior, members)
}

// planProblems returns the violations of Terraform's rules for plans: a configured attribute must be planned as
// configured, or keep its prior value if that means the same; only a computed attribute may be planned without being
// configured.
func planProblems(attributes []*tfprotov6.SchemaAttribute, at string, prior, config, planned Values) []string {
	var problems []string
	for _, attribute := range attributes {
		name := at + attribute.Name
		before, configured, plan := prior[attribute.Name], config[attribute.Name], planned[attribute.Name]
		switch {
		case attribute.WriteOnly:
			if plan != nil {
				problems = append(problems, name+" is write-only and planned")
			}
		case equal(plan, configured), configured == nil && attribute.Computed, before != nil && configured != nil && equal(plan, before):
		case isObject(attribute, configured, plan):
			was, _ := before.(Values)
			wanted, _ := configured.(Values)
			is, _ := plan.(Values)
			problems = append(problems, planProblems(attribute.NestedType.Attributes, name+".", was, wanted, is)...)
		case isObjectMap(attribute, configured, plan):
			was, _ := before.(Values)
			wanted, _ := configured.(Values)
			is, _ := plan.(Values)
			for key, member := range wanted {
				of := func(v any) Values { o, _ := v.(Values); return o }
				problems = append(problems,
					planProblems(attribute.NestedType.Attributes, fmt.Sprintf("%s[%q].", name, key), of(was[key]), of(member), of(is[key]))...)
			}
		default:
			problems = append(problems, fmt.Sprintf("%s is configured as %v and planned as %v", name, configured, plan))
		}
	}
	return problems
}

func isObject(attribute *tfprotov6.SchemaAttribute, values ...any) bool {
	return hasNesting(attribute, tfprotov6.SchemaObjectNestingModeSingle, values)
}

func isObjectMap(attribute *tfprotov6.SchemaAttribute, values ...any) bool {
	return hasNesting(attribute, tfprotov6.SchemaObjectNestingModeMap, values)
}

func hasNesting(attribute *tfprotov6.SchemaAttribute, nesting tfprotov6.SchemaObjectNestingMode, values []any) bool {
	if attribute.NestedType == nil || attribute.NestedType.Nesting != nesting {
		return false
	}
	for _, value := range values {
		if _, ok := value.(Values); !ok {
			return false
		}
	}
	return true
}

// resultProblems returns the differences between a result and its plan: planned values must be kept, and nothing may
// remain unknown.
func resultProblems(planned, result any) []string {
	return keptProblems("", planned, result, unknownIn)
}

// finalPlanProblems returns the differences between a plan and the one that Terraform makes again during the apply:
// planned values must be kept, and what was unknown may still be (objchange.AssertObjectCompatible in Terraform).
func finalPlanProblems(planned, final any) []string {
	return keptProblems("", planned, final, func(string, any) []string { return nil })
}

// keptProblems returns the planned values that are not kept. open returns what is wrong with the value of something that
// was planned as unknown.
func keptProblems(at string, planned, result any, open func(at string, result any) []string) []string {
	switch planned := planned.(type) {
	case unknown:
		return open(at, result)
	case Values:
		members, ok := result.(Values)
		if !ok {
			break
		}
		var problems []string
		for name, member := range planned {
			problems = append(problems, keptProblems(at+"."+name, member, members[name], open)...)
		}
		for name := range members {
			if _, known := planned[name]; !known {
				problems = append(problems, at+"."+name+" was not planned")
			}
		}
		return problems
	case []any:
		members, ok := result.([]any)
		if !ok || len(members) != len(planned) {
			break
		}
		var problems []string
		for i, member := range planned {
			problems = append(problems, keptProblems(fmt.Sprintf("%s[%d]", at, i), member, members[i], open)...)
		}
		return problems
	}
	if !equal(planned, result) {
		return []string{fmt.Sprintf("%s was planned as %v and is %v", at, planned, result)}
	}
	return nil
}

func unknownIn(at string, v any) []string {
	var problems []string
	switch v := v.(type) {
	case unknown:
		problems = append(problems, at+" is still unknown")
	case Values:
		for name, member := range v {
			problems = append(problems, unknownIn(at+"."+name, member)...)
		}
	case []any:
		for i, member := range v {
			problems = append(problems, unknownIn(fmt.Sprintf("%s[%d]", at, i), member)...)
		}
	}
	return problems
}
