nav-jobs = Bulk changes
about-jobs = Give many people a customer, a permission or a service at once, or take it from them
jobs-title = Bulk changes
jobs-lead = Each job gives or takes something for many people at once, says what became of everybody, and can be taken back.
jobs-none-yet = No bulk changes yet
jobs-none-yet-text = Select people in their list, or everybody whom a search finds, and choose what they get or lose.
jobs-new = Select people
jobs-job = Job { $number }
jobs-what = What changes
jobs-column-job = Job
jobs-column-state = State
jobs-column-done = Done
jobs-column-who = Started by
jobs-column-when = When
jobs-column-person = Username
jobs-column-why = Why
jobs-column-entry = Journal entry
jobs-select-page = Select everybody on this page
jobs-select-person = Select { $login }
jobs-selected = Selected
jobs-change-all =
    { $count ->
        [one] the one found
       *[other] all { $count } found
    }
jobs-choose-title = Give and take away
jobs-nobody = Nobody is selected. Tick at least one person, or choose all that were found.
jobs-no-changes = Choose at least one customer, group or service.
jobs-back-to-list = Back to the list
jobs-for-all =
    { $count ->
        [one] For the one person found.
       *[other] For all { $count } people found.
    }
jobs-for-some =
    { $count ->
        [one] For one person
       *[other] For { $count } people
    }
jobs-rows-customer = Further customers
jobs-rows-group = Permissions in groups
jobs-rows-service = Services
jobs-row-customer = Customer ID
jobs-row-group = Group
jobs-row-service = Service
jobs-way = Action
jobs-give = give
jobs-take = take away
jobs-none = – nothing –
jobs-gone = not there any more
jobs-permission = Permission
jobs-preview = Show preview
jobs-more-rows = More rows
jobs-customer-given = Add further customer { $customer }
jobs-customer-taken = Remove further customer { $customer }
jobs-group-given = Give { $permission } in group { $group }
jobs-group-taken = Take { $permission } in group { $group } away
jobs-service-given = Give service { $service }
jobs-service-taken = Take service { $service } away
jobs-undoes = Takes back job { $number }
jobs-undone-by = Taken back by job { $number }
jobs-whom-logins = selected people
jobs-whom-undo = everybody whom that job changed
jobs-whom-search = everybody found by “{ $text }”
jobs-whom-everybody = everybody
jobs-whom-filter = everybody found by a filter
jobs-state-collecting = being prepared
jobs-state-previewing = being prepared
jobs-state-planned = not started
jobs-state-running = running
jobs-state-stopping = stopping
jobs-state-stopped = stopped
jobs-state-done = done
jobs-state-failed = failed
jobs-state-discarded = discarded
jobs-item-all = All
jobs-item-waiting = not done
jobs-item-changed = changed
jobs-item-already = already so
jobs-item-refused = refused
jobs-problem-rights-gone = Stopped: whoever started this job may no longer make such changes. What was done by then stays.
jobs-problem-expired = This job was not started in time and has expired.
jobs-problem-internal = The job broke off. What is listed as changed is saved; the server’s log has the cause. Start a new job for the rest: whoever has it already is left alone.
jobs-progress-collecting = Collecting the people
jobs-progress-previewing = Working out what would change
jobs-progress-running = Running
jobs-progress-stopping = Stopping; changes under way are being finished
jobs-items-dropped = The details for each person are not kept any more, so the job cannot be taken back as a whole. The journal still has every change.
jobs-done-of = { $done } of { $total }
jobs-collected =
    { $count ->
        [one] One person so far
       *[other] { $count } people so far
    }
jobs-count-changed =
    { $count ->
        [one] one changed
       *[other] { $count } changed
    }
jobs-count-already =
    { $count ->
        [one] one had it already
       *[other] { $count } had it already
    }
jobs-count-refused =
    { $count ->
        [one] one refused
       *[other] { $count } refused
    }
jobs-count-waiting =
    { $count ->
        [one] one not done
       *[other] { $count } not done
    }
jobs-preview-title = What would change
jobs-preview-nobody = There is nobody to change.
jobs-would-change =
    { $count ->
        [one] person will be changed
       *[other] people will be changed
    }
jobs-would-already =
    { $count ->
        [one] has it already
       *[other] have it already
    }
jobs-would-refuse =
    { $count ->
        [one] will be refused
       *[other] will be refused
    }
jobs-reasons = Why people are refused, or something stays as it is
jobs-effects = Who gains and who loses what
jobs-people =
    { $count ->
        [one] One person
       *[other] { $count } people
    }
jobs-start = Start
jobs-discard = Discard
jobs-not-yours = Only whoever planned this job can start it, since it does what they may do.
jobs-stop = Stop
jobs-undo = Take back …
jobs-result = Result
jobs-filter = Which people
jobs-csv = Download as CSV
jobs-no-items = Nobody.
jobs-first = To the beginning
jobs-next = More
flash-job-discarded = Discarded. Nothing was changed.
problem-changed-since = { $by } changed this since, so it stays as it is.
problem-no-longer-kept =
    { $count ->
        [one] What the job did for each person was kept for one day: it cannot be taken back any more.
       *[other] What the job did for each person was kept for { $count } days: it cannot be taken back any more.
    }
problem-not-now = Not while the job is still at work.
action-start = started
action-stop = stopped
kind-job = job
jobs-template = Template
jobs-template-fill = Fill in
jobs-template-new = Add template
jobs-template-edit = Edit template
jobs-template-name = Name
jobs-template-by = Last saved
jobs-template-delete = Delete template
jobs-templates-title = Templates
jobs-templates-lead = A template is a named set of changes, such as “New colleague in support”. Choose it for a job, or on the page of one person.
jobs-templates-none = No templates yet
jobs-templates-none-text = Save what new people usually get under a name, and give it to them in one step.
jobs-link-template = Give or take …
flash-template-saved = Template saved: { $name }
flash-template-deleted = Template deleted.
action-delete = deleted
kind-template = template
jobs-change-all-more = all that are found
select-none = Nobody selected
select-some = Selected: #
select-elsewhere = # of them not on this page
select-clear = Clear
jobs-do-relations = Give or take…
jobs-do-fields = Change fields…
jobs-do-deactivate = Deactivate…
jobs-fields-title = Changing fields
jobs-fields-usual = Validity and customer
jobs-fields-validity = Validity
jobs-fields-customer = Primary customer
jobs-fields-same = as it is
jobs-fields-set = Set a field
jobs-fields-field = Field
jobs-fields-value = New value
jobs-fields-empty = empty: the field is cleared
jobs-fields-replace = Replace in a field
jobs-fields-part = What is replaced, say @old.example
jobs-fields-by = By what
jobs-fields-none = Choose at least one field to change.
jobs-field-set = { $field }: { $value }
jobs-field-cleared = { $field }: cleared
jobs-field-replaced = { $field }: “{ $text }” becomes “{ $by }”
jobs-planned = What changes
problem-read-only-source = The person's source can only be read: change them where they are kept.
