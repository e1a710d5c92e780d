from airflow.decorators import dag, task

@task
def process_partition(partition_id: int):
    # Process one partition
    pass

@dag
def dynamic_pipeline():
    partitions = list(range(10))
    process_partition.expand(partition_id=partitions)

dynamic_pipeline()
