from jobs.views.jobs import job_detail, job_download, job_list, job_progress

__all__ = ["job_detail", "job_download", "job_list", "job_progress"]
