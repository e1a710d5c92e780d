"""What a DAG author imports: DAG, operators, TaskFlow, mapping, groups, params; and the compiler to a DagSpec."""
