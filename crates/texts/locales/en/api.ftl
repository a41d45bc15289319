# What is wrong with a request to the programming interface; problem+json carries these texts.
api-wrong-type = has to be { $expected }
api-unknown-field = is not known here
api-given-twice = was given more than once
api-not-a-choice = has to be one of: { $of }
api-out-of-range = has to be a whole number from { $from } to { $to }
api-too-many-items = has more than { $count } items
api-not-a-time = has to be a time like 2030-01-31T12:00:00Z
api-not-a-cursor = is not a cursor that this list gave
api-either-or = give either this or { $other }
api-key-used = was used for another request

# The page that describes the programming interface.
api-docs-title = Programming interface
api-docs-document = OpenAPI document
api-docs-scope = Scope
api-docs-parameters = Parameters
api-docs-body = Body
api-docs-answers = Answers
api-docs-example = Example
api-docs-schemas = Documents
api-docs-name = Name
api-docs-type = Type
api-docs-meaning = Meaning
api-docs-required = required
api-docs-open = no token needed
