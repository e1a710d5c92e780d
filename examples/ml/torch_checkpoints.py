"""A PyTorch training that goes on where it was: kill its process (`kill -9`), and the next try takes up the last epoch
that was saved. Without PyTorch (`pip install 'tradewind[torch]'`) the task is skipped."""

from __future__ import annotations

from airflow.sdk import dag, task

from tradewind import ml


@dag(schedule=None, params={"epochs": 20, "kill_at": 0}, tags=["ml", "checkpoints"])
def torch_checkpoints():
    @task(retries=2, retry_delay=0)
    def train(params=None, ti=None):
        try:
            import torch
        except ModuleNotFoundError:
            from airflow.exceptions import AirflowSkipException

            raise AirflowSkipException("PyTorch is not installed") from None

        torch.manual_seed(1)
        inputs = torch.linspace(-3, 3, 512).unsqueeze(1)
        targets = torch.sin(inputs)
        model = torch.nn.Sequential(torch.nn.Linear(1, 32), torch.nn.Tanh(), torch.nn.Linear(32, 1))
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        loss = torch.tensor(0.0)
        with ml.checkpoint() as cp:
            begins_anew = not cp.step
            print(f"beginning after epoch {cp.step}")
            for epoch in cp.torch(model, optimizer).epochs(params["epochs"]):
                for _ in range(20):
                    loss = torch.nn.functional.mse_loss(model(inputs), targets)
                    optimizer.zero_grad()
                    loss.backward()
                    optimizer.step()
                ml.log_metric("loss", loss.item(), step=epoch)
                if params["kill_at"] == epoch + 1 and begins_anew:
                    import os
                    import signal

                    os.kill(os.getpid(), signal.SIGKILL)  # as the kernel does when memory is short
        return loss.item()

    train()


torch_checkpoints()
